import { Answer } from '../../components/answer.tsx';
import { Chart } from '../../components/chart.tsx';
import { Panel } from '../../components/panel.tsx';
import { Unknown } from '../../components/unknown.tsx';
import { graphql } from '../../gql/index.ts';
import { countedText } from '../../text/amounts.ts';
import { countRows } from './rows-of-groups.ts';

const OverviewNetwork = graphql(`
  query OverviewNetwork {
    byNetwork: hostGroups(by: [NETWORK], first: 7) {
      totalCount
      groups { count keys { value label } }
    }
    byPort: hostGroups(by: [OPEN_PORT], first: 7) {
      groupCount
      groups { count keys { value label } }
    }
    byDefinition: serviceGroups(by: [DEFINITION], first: 7) {
      totalCount
      groups { count keys { value label } }
    }
  }
`);

/** What was seen on the networks, once the index has read it. */
export const Network = () => (
  <Answer title="Networks" operation={OverviewNetwork} variables={{}} loadingLines={8}>
    {({ byNetwork, byPort, byDefinition }, error) => (
      <div className="panels">
        <Panel title="Hosts by network" note={byNetwork && countedText(byNetwork.totalCount, 'host')}>
          {byNetwork ? (
            <Chart caption="Hosts by network" rows={countRows(byNetwork.groups, 'network')} />
          ) : (
            <Unknown error={error} field="byNetwork" />
          )}
        </Panel>
        <Panel title="Services by product" note={byDefinition && countedText(byDefinition.totalCount, 'service')}>
          {byDefinition ? (
            <Chart caption="Services by product" rows={countRows(byDefinition.groups, 'network')} />
          ) : (
            <Unknown error={error} field="byDefinition" />
          )}
        </Panel>
        <Panel title="Hosts by open port" note={byPort && countedText(byPort.groupCount, 'port')}>
          {byPort ? (
            <Chart caption="Hosts by open port" rows={countRows(byPort.groups, 'network')} />
          ) : (
            <Unknown error={error} field="byPort" />
          )}
        </Panel>
      </div>
    )}
  </Answer>
);
