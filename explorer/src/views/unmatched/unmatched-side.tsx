import { useSearchParams } from 'react-router';
import { Answer } from '../../components/answer.tsx';
import { AssetLink } from '../../components/asset-link.tsx';
import type { InventorySide, UnmatchedOnSideQuery } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { countedText } from '../../text/amounts.ts';
import { REASONS } from './reasons.ts';

const UnmatchedOnSide = graphql(`
  query UnmatchedOnSide($side: InventorySide!, $reason: String, $after: String) {
    unmatched(side: $side, reason: $reason, first: 25, after: $after) {
      totalCount
      nodes {
        reasons
        asset { __typename id displayName ... on Resource { service region } ... on Host { network { name } } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

type Page = NonNullable<UnmatchedOnSideQuery['unmatched']>;

export interface UnmatchedSideProps {
  readonly side: InventorySide;
  readonly title: string;
}

/** One side. Its reason and its page are in the address. */
export const UnmatchedSide = ({ side, title }: UnmatchedSideProps) => {
  const [query, setQuery] = useSearchParams();
  const name = side.toLowerCase();
  const [reason, after] = [query.get(`${name}-reason`), query.get(`${name}-after`)];
  const go = (change: Readonly<Record<string, string | null>>): void =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [part, value] of Object.entries(change)) {
          if (value) next.set(`${name}-${part}`, value);
          else next.delete(`${name}-${part}`);
        }
        return next;
      },
      { preventScrollReset: true },
    );
  return (
    <div>
      <Answer title={title} operation={UnmatchedOnSide} variables={{ side, reason, after }} loadingLines={8}>
        {({ unmatched }) =>
          unmatched && (
            <div className="panel">
              <label>
                Reason{' '}
                <select value={reason ?? ''} onChange={({ target }) => go({ reason: target.value, after: null })}>
                  <option value="">any</option>
                  {Object.keys(REASONS).map((code) => (
                    <option key={code}>{code}</option>
                  ))}
                </select>
              </label>{' '}
              <span className="quiet">{countedText(unmatched.totalCount, 'asset')}</span>
              <UnmatchedRows page={unmatched} />
              <nav className="pages" aria-label={`Pages: ${title}`}>
                {after && (
                  <button type="button" onClick={() => go({ after: null })}>
                    First page
                  </button>
                )}
                {unmatched.pageInfo.hasNextPage && (
                  <button type="button" onClick={() => go({ after: unmatched.pageInfo.endCursor })}>
                    Next page
                  </button>
                )}
              </nav>
            </div>
          )
        }
      </Answer>
    </div>
  );
};

const UnmatchedRows = ({ page: { nodes } }: { readonly page: Page }) => (
  <table>
    <thead>
      <tr>
        <th scope="col">Asset</th>
        <th scope="col">Why</th>
      </tr>
    </thead>
    <tbody>
      {nodes.map(({ asset, reasons }) => (
        <tr key={asset.id}>
          <th scope="row">
            <AssetLink asset={asset} />
            <small className="quiet">{placeOf(asset)}</small>
          </th>
          <td>
            <ul>
              {reasons.map((reason) => (
                <li key={reason}>
                  <code>{reason}</code> <small className="quiet">{REASONS[codeOf(reason)] ?? ''}</small>
                </li>
              ))}
            </ul>
          </td>
        </tr>
      ))}
      {nodes.length === 0 && (
        <tr>
          <td colSpan={2} className="quiet">
            None.
          </td>
        </tr>
      )}
    </tbody>
  </table>
);

const codeOf = (reason: string): string => reason.replace(/\(.*$/, '');

const placeOf = (asset: Page['nodes'][number]['asset']): string => {
  if (asset.__typename === 'Resource') return [asset.service, asset.region].filter(Boolean).join(' · ');
  return asset.__typename === 'Host' ? (asset.network?.name ?? '') : '';
};
