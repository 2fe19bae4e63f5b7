import { Answer } from '../../components/answer.tsx';
import { Chart } from '../../components/chart.tsx';
import { Panel } from '../../components/panel.tsx';
import { Unknown } from '../../components/unknown.tsx';
import { graphql } from '../../gql/index.ts';
import { countedText } from '../../text/amounts.ts';
import { countedRows, severityRows } from './rows-of-groups.ts';

const OverviewCloudStatistics = graphql(`
  query OverviewCloudStatistics {
    resourceStats { total byService { key count } byRegion { key count } }
    findingStats { total bySeverity { key count } }
  }
`);

/** What the sources themselves count, at one request each, while the index has not read them: they do not count costs. */
export const CloudStatistics = () => (
  <Answer title="Cloud" operation={OverviewCloudStatistics} variables={{}} loadingLines={8}>
    {({ resourceStats, findingStats }, error) => (
      <div className="panels">
        <Panel title="Resources by service" note={resourceStats && countedText(resourceStats.total, 'resource')}>
          {resourceStats ? (
            <Chart caption="Resources by service" rows={countedRows(resourceStats.byService, 'cloud')} />
          ) : (
            <Unknown error={error} field="resourceStats" />
          )}
        </Panel>
        <Panel title="Resources by region">
          {resourceStats ? (
            <Chart caption="Resources by region" rows={countedRows(resourceStats.byRegion, 'cloud')} />
          ) : (
            <Unknown error={error} field="resourceStats" />
          )}
        </Panel>
        <Panel title="Findings by severity" note="Costs and findings in detail follow once the index has read them.">
          {findingStats ? (
            <Chart caption="Findings by severity" rows={severityRows(findingStats.bySeverity)} />
          ) : (
            <Unknown error={error} field="findingStats" />
          )}
        </Panel>
      </div>
    )}
  </Answer>
);
