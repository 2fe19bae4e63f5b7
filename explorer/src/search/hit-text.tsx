import { KindIcon } from '../components/kind-icon.tsx';
import type { Hit } from './hits.ts';

/** A hit with why it is one. */
export const HitText = ({ hit: { type, title, detail, matched } }: { readonly hit: Hit }) => (
  <>
    <KindIcon type={type} />
    <span className="hit-title">{title}</span>
    <span className="quiet">{detail}</span>
    <span className="hit-matched quiet">{matched}</span>
  </>
);
