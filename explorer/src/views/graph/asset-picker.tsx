import { useId, useState } from 'react';
import { Problems } from '../../components/problems.tsx';
import { HitText } from '../../search/hit-text.tsx';
import { useSearch } from '../../search/use-search.ts';

export interface AssetPickerProps {
  readonly label: string;
  readonly onPick: (id: string) => void;
}

const ASSETS: readonly string[] = ['Resource', 'Host', 'Service'];
/** Of each type. */
const FIRST = 8;

/** Finds an asset by any identifier or a part of its name. */
export const AssetPicker = ({ label, onPick }: AssetPickerProps) => {
  const field = useId();
  const [text, setText] = useState('');
  const { hits, isBusy, leavesOut, errors } = useSearch(text, { first: FIRST, readsLists: false });
  const assets = hits.filter(({ type }) => ASSETS.includes(type));
  return (
    <section className="asset-picker" aria-busy={isBusy}>
      <label htmlFor={field}>{label}</label>
      <input
        id={field}
        type="search"
        placeholder="Name, address, ARN, id …"
        autoComplete="off"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {errors.map((error) => (
        <Problems key={error.message} error={error} hasData={assets.length > 0} onRetry={() => location.reload()} />
      ))}
      {text.trim() !== '' && !isBusy && (
        <p role="status">
          {leavesOut &&
            'The index has not read the names of resources yet: they are found by a whole name or identifier only.'}
          {!leavesOut && errors.length === 0 && assets.length === 0 && 'No asset is called that.'}
        </p>
      )}
      {assets.length > 0 && (
        <ul className="panel">
          {assets.map((hit) => (
            <li key={hit.id}>
              <button type="button" className="hit" onClick={() => onPick(hit.id)}>
                <HitText hit={hit} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
