import { type Facts, FactsList } from '../../components/facts-list.tsx';
import { Panel } from '../../components/panel.tsx';
import type { AssetFactsQuery } from '../../gql/graphql.ts';
import { accountFacts, certificateFacts, detailFacts, findingFacts, resourceFacts } from './cloud-facts.tsx';
import { hostFacts, networkFacts, serviceFacts, subnetFacts } from './network-facts.tsx';

export type Node = NonNullable<AssetFactsQuery['node']>;
export type NodeOf<Type extends Node['__typename']> = Extract<Node, { readonly __typename: Type }>;

/** What its source says of a record. */
export const NodeFacts = ({ node }: { readonly node: Node }) => (
  <>
    <div className="panel">
      <FactsList facts={{ ...factsOf(node), Source: 'source' in node ? node.source.name : undefined }} />
    </div>
    {node.__typename === 'Finding' && (
      <Panel title="Details, in the words of the source" className="details">
        <FactsList facts={detailFacts(node.details)} />
      </Panel>
    )}
  </>
);

const factsOf = (node: Node): Facts => {
  switch (node.__typename) {
    case 'Resource':
      return resourceFacts(node);
    case 'Host':
      return hostFacts(node);
    case 'Service':
      return serviceFacts(node);
    case 'Finding':
      return findingFacts(node);
    case 'Certificate':
      return certificateFacts(node);
    case 'CloudAccount':
      return accountFacts(node);
    case 'Network':
      return networkFacts(node);
    case 'Subnet':
      return subnetFacts(node);
    default:
      return {};
  }
};
