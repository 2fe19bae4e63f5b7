import { Answer } from '../../components/answer.tsx';
import { Figures } from '../../components/figures.tsx';
import { graphql } from '../../gql/index.ts';
import { countText } from '../../text/amounts.ts';

const OverviewNetworkLists = graphql(`
  query OverviewNetworkLists {
    networks(first: 1) { totalCount }
    hosts(first: 1) { totalCount }
  }
`);

const numberOf = (list: { readonly totalCount: number } | null): string =>
  list === null ? 'unknown' : countText(list.totalCount);

/** How much the sources list, at one request a list, while the index has not read them. */
export const NetworkLists = () => (
  <Answer title="Networks" operation={OverviewNetworkLists} variables={{}}>
    {({ networks, hosts }) => (
      <Figures
        of={[
          { label: 'Networks', value: numberOf(networks) },
          { label: 'Hosts', value: numberOf(hosts) },
        ]}
      />
    )}
  </Answer>
);
