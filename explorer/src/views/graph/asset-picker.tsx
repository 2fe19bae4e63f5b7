import { type FormEvent, useId, useState } from 'react';
import { useQuery } from 'urql';
import { Problems } from '../../components/problems.tsx';
import type { AssetFieldsFragment, FindAssetsQuery } from '../../gql/graphql.ts';
import { wordsOf } from '../../text/amounts.ts';
import { FindAssets } from './operations.ts';

export interface AssetPickerProps {
  readonly label: string;
  readonly onPick: (id: string) => void;
}

/** Finds an asset by any identifier or a part of its name. */
export const AssetPicker = ({ label, onPick }: AssetPickerProps) => {
  const field = useId();
  const [term, setTerm] = useState('');
  const [{ data, error, fetching }, repeat] = useQuery({ query: FindAssets, variables: { term }, pause: term === '' });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setTerm(String(new FormData(event.currentTarget).get('term') ?? '').trim());
  };
  const found = data ? assetsOf(data) : [];
  return (
    <section className="asset-picker" aria-busy={fetching}>
      <form onSubmit={submit}>
        <label htmlFor={field}>{label}</label>
        <div>
          <input id={field} name="term" type="search" placeholder="Name, address, ARN, id …" required />
          <button type="submit">Find</button>
        </div>
      </form>
      {error && (
        <Problems error={error} hasData={found.length > 0} onRetry={() => repeat({ requestPolicy: 'network-only' })} />
      )}
      {term !== '' && !fetching && !error && found.length === 0 && <p role="status">Nothing is called “{term}”.</p>}
      <ul className={found.length > 0 ? 'panel' : ''}>
        {found.map((asset) => (
          <li key={asset.id}>
            <button type="button" className="vertex" onClick={() => onPick(asset.id)}>
              <span className="vertex-name">{asset.displayName}</span>
              <small>{wordsOf(asset.__typename === 'Resource' ? asset.service : asset.__typename)}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};

const assetsOf = ({ lookup, resources, hosts }: FindAssetsQuery): readonly AssetFieldsFragment[] => {
  const hits = (lookup ?? []).flatMap(({ node }) => (isAsset(node) ? [node] : []));
  const all = [...hits, ...(resources?.nodes ?? []), ...(hosts?.nodes ?? [])];
  return [...new Map(all.map((asset) => [asset.id, asset])).values()];
};

type Hit = NonNullable<FindAssetsQuery['lookup']>[number]['node'];

const isAsset = (node: Hit): node is AssetFieldsFragment => 'displayName' in node;
