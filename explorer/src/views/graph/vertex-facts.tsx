import { useQuery } from 'urql';
import { Problems } from '../../components/problems.tsx';
import type { VertexDetailsQuery } from '../../gql/graphql.ts';
import { VertexDetails } from './operations.ts';

/** The few facts that distinguish one asset from another; all of them are on its page. */
export const VertexFacts = ({ id }: { readonly id: string }) => {
  const [{ data, error, fetching }, repeat] = useQuery({ query: VertexDetails, variables: { id } });
  const facts = data?.node ? factsOf(data.node) : [];
  return (
    <div aria-busy={fetching}>
      {error && (
        <Problems error={error} hasData={facts.length > 0} onRetry={() => repeat({ requestPolicy: 'network-only' })} />
      )}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
};

type Fact = readonly [name: string, value: string];

const factsOf = (node: NonNullable<VertexDetailsQuery['node']>): readonly Fact[] => {
  const known = (facts: readonly (readonly [string, string | null | undefined])[]): readonly Fact[] =>
    facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  switch (node.__typename) {
    case 'Resource':
      return known([
        ['Account', node.account?.name],
        ['Region', node.region],
        ['State', node.state],
        ['Identifier', node.resourceId],
        ['Cost a month', node.costEstimateMonthly && `${node.costEstimateMonthly} USD`],
        ['Last seen', dateOf(node.lastSeenAt)],
      ]);
    case 'Host':
      return known([
        ['Network', node.network?.name],
        ['Host name', node.hostname],
        ['Address', node.addresses.map(({ address }) => address).join(', ')],
        ['Maker', node.manufacturer],
        ['System', node.osFamily],
        ['Last seen', node.hostSeenAt && dateOf(node.hostSeenAt)],
      ]);
    case 'Service':
      return known([
        ['Runs on', node.host?.displayName],
        ['Product', node.definition],
      ]);
    default:
      return [];
  }
};

const dateOf = (instant: string): string =>
  new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
