import { Answer } from '../../components/answer.tsx';
import { AssetLink, type AssetLinkProps } from '../../components/asset-link.tsx';
import { FirstOf } from '../../components/first-of.tsx';
import { Unknown } from '../../components/unknown.tsx';
import type { RecordContentsQuery } from '../../gql/graphql.ts';
import { RecordContents } from './operations.ts';

const TITLES: Readonly<Record<string, string>> = {
  CloudAccount: 'Resources in it',
  Network: 'Hosts on it',
  Subnet: 'Hosts in it',
  Certificate: 'Hosts that answer under its names',
};

export const hasContents = (type: string): boolean => type in TITLES;

/** The assets that a record holds together. */
export const Contents = ({ id, type }: { readonly id: string; readonly type: string }) => (
  <Answer title={TITLES[type] ?? ''} operation={RecordContents} variables={{ id }}>
    {({ node }, error) => {
      const held = node && assetsOf(node);
      if (!held) return <Unknown error={error} field="node" />;
      if (held.assets.length === 0) return <p className="quiet">None is known.</p>;
      return (
        <div className="panel">
          <ul className="columns">
            {held.assets.map((asset) => (
              <li key={asset.id}>
                <AssetLink asset={asset} />
              </li>
            ))}
          </ul>
          <FirstOf shown={held.assets.length} total={held.total} />
        </div>
      );
    }}
  </Answer>
);

interface Held {
  readonly total: number;
  readonly assets: readonly AssetLinkProps['asset'][];
}

/** @returns null when they are not known. */
const assetsOf = (node: NonNullable<RecordContentsQuery['node']>): Held | null => {
  if ('servedBy' in node) {
    const assets = node.servedBy?.map(({ host }) => host);
    return assets ? { total: assets.length, assets } : null;
  }
  const list = 'resources' in node ? node.resources : 'hosts' in node ? node.hosts : null;
  return list && { total: list.totalCount, assets: list.nodes };
};
