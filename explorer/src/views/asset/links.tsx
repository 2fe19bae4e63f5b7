import { Answer } from '../../components/answer.tsx';
import { AssetLink, type AssetLinkProps } from '../../components/asset-link.tsx';
import { Unknown } from '../../components/unknown.tsx';
import type { AssetLinksQuery, Confidence } from '../../gql/graphql.ts';
import { AssetLinks } from './operations.ts';

type Node = NonNullable<AssetLinksQuery['node']>;

interface Counterpart {
  readonly asset: AssetLinkProps['asset'];
  readonly place: string;
  readonly confidence: Confidence;
  readonly evidence: readonly { readonly rule: string; readonly detail: string }[];
}

/** The records of the other side that are the same thing, and how that is known. */
export const Links = ({ id }: { readonly id: string }) => (
  <Answer title="The same on the other side" operation={AssetLinks} variables={{ id }}>
    {({ node }, error) => {
      const counterparts = node && counterpartsOf(node);
      if (!counterparts) return <Unknown error={error} field="node" />;
      if (counterparts.length === 0)
        return <p className="quiet">No record of the other side is known to be this one.</p>;
      return (
        <ul className="panel rows links">
          {counterparts.map(({ asset, place, confidence, evidence }) => (
            <li key={asset.id}>
              <span className={`chip ${TONES[confidence]}`}>{confidence.toLowerCase()}</span>
              <div>
                <AssetLink asset={asset} /> <span className="quiet">{place}</span>
                <ul>
                  {evidence.map(({ rule, detail }) => (
                    <li key={`${rule} ${detail}`}>
                      {detail} <code className="quiet">{rule}</code>
                    </li>
                  ))}
                </ul>
              </div>
            </li>
          ))}
        </ul>
      );
    }}
  </Answer>
);

const TONES: Readonly<Record<Confidence, string>> = { CERTAIN: 'good', HIGH: 'good', MEDIUM: 'warning', LOW: '' };

/** @returns null when they are not known. */
const counterpartsOf = (node: Node): readonly Counterpart[] | null => {
  if (node.__typename === 'Resource')
    return node.hosts?.map(({ host, ...link }) => ({ ...link, asset: host, place: host.network?.name ?? '' })) ?? null;
  if (node.__typename === 'Host')
    return (
      node.resources?.map(({ resource, ...link }) => ({
        ...link,
        asset: resource,
        place: [resource.service, resource.region].filter(Boolean).join(' in '),
      })) ?? null
    );
  return null;
};
