import { type GraphAddress, MAX_DEPTH } from './graph-params.ts';

const DEPTHS = Array.from({ length: MAX_DEPTH }, (_, i) => i + 1);

/** How far to walk. */
export const DepthSelect = ({ address: { depth, go } }: { readonly address: GraphAddress }) => (
  <label>
    Steps{' '}
    <select value={depth} onChange={({ target }) => go({ depth: target.value })}>
      {DEPTHS.map((steps) => (
        <option key={steps}>{steps}</option>
      ))}
    </select>
  </label>
);
