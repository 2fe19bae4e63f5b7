import { Link } from 'react-router';
import { Answer } from '../../components/answer.tsx';
import { Chart } from '../../components/chart.tsx';
import { Panel } from '../../components/panel.tsx';
import { Unknown } from '../../components/unknown.tsx';
import { graphql } from '../../gql/index.ts';
import { countedText } from '../../text/amounts.ts';
import { countedRows } from './rows-of-groups.ts';

const OverviewLinks = graphql(`
  query OverviewLinks {
    correlationReport {
      linksByConfidence { key count }
      unmatchedCloud { key count }
      unmatchedNetwork { key count }
    }
    cloud: unmatched(side: CLOUD, first: 1) { totalCount }
    network: unmatched(side: NETWORK, first: 1) { totalCount }
  }
`);

/** How well the two sides join. */
export const Links = () => (
  <Answer title="Links between the two sides" operation={OverviewLinks} variables={{}} loadingLines={6}>
    {({ correlationReport: report, cloud, network }, error) =>
      report ? (
        <div className="panels">
          <Panel
            title="Linked"
            note={countedText(
              report.linksByConfidence.reduce((sum, { count }) => sum + count, 0),
              'pair',
            )}
          >
            <Chart caption="Links by confidence" rows={countedRows(report.linksByConfidence, 'accent')} />
          </Panel>
          <Panel
            title="Resources without a host"
            note={cloud && <Link to="/unmatched">{countedText(cloud.totalCount, 'resource')}</Link>}
          >
            <Chart caption="Resources without a host by reason" rows={countedRows(report.unmatchedCloud, 'cloud')} />
          </Panel>
          <Panel
            title="Hosts without a resource"
            note={network && <Link to="/unmatched">{countedText(network.totalCount, 'host')}</Link>}
          >
            <Chart
              caption="Hosts without a resource by reason"
              rows={countedRows(report.unmatchedNetwork, 'network')}
            />
          </Panel>
        </div>
      ) : (
        <Unknown error={error} field="correlationReport" />
      )
    }
  </Answer>
);
