import { Answer } from '../../components/answer.tsx';
import { Chart } from '../../components/chart.tsx';
import { Figures } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { Unknown } from '../../components/unknown.tsx';
import { graphql } from '../../gql/index.ts';
import { countedText, countText, moneyText } from '../../text/amounts.ts';
import { costRows, countRows } from './rows-of-groups.ts';

const OverviewCloud = graphql(`
  query OverviewCloud {
    byService: resourceGroups(by: [SERVICE], orderBy: { field: COST }, first: 7) {
      totalCount
      monthlyCost
      withoutCost
      asOf
      groups { count monthlyCost keys { value label } }
    }
    byAccount: resourceGroups(by: [ACCOUNT], orderBy: { field: COST }, first: 7) {
      groupCount
      groups { count monthlyCost keys { value label } }
    }
    byRegion: resourceGroups(by: [REGION], first: 7) {
      groupCount
      groups { count monthlyCost keys { value label } }
    }
  }
`);

/** What is in the cloud and what it costs, once the index has read it. */
export const Cloud = () => (
  <Answer title="Cloud" operation={OverviewCloud} variables={{}} loadingLines={8}>
    {({ byService, byAccount, byRegion }, error) => (
      <>
        {byService && (
          <Figures
            of={[
              {
                label: 'Resources',
                value: countText(byService.totalCount),
                note: (
                  <>
                    read <Moment at={byService.asOf} />
                  </>
                ),
              },
              {
                label: 'Monthly cost',
                value: byService.monthlyCost === null ? 'unknown' : moneyText(Number(byService.monthlyCost)),
                note:
                  byService.withoutCost > 0 && `estimated list price; ${countText(byService.withoutCost)} without one`,
              },
              { label: 'Accounts', value: byAccount ? countText(byAccount.groupCount) : 'unknown' },
              { label: 'Regions', value: byRegion ? countText(byRegion.groupCount) : 'unknown' },
            ]}
          />
        )}
        <div className="panels">
          <Panel title="Cost by service" note="a month">
            {byService ? (
              <Chart caption="Monthly cost by service" rows={costRows(byService.groups, 'cloud')} />
            ) : (
              <Unknown error={error} field="byService" />
            )}
          </Panel>
          <Panel title="Cost by account" note="a month">
            {byAccount ? (
              <Chart caption="Monthly cost by account" rows={costRows(byAccount.groups, 'cloud')} />
            ) : (
              <Unknown error={error} field="byAccount" />
            )}
          </Panel>
          <Panel title="Resources by region" note={byRegion && countedText(byRegion.groupCount, 'region')}>
            {byRegion ? (
              <Chart caption="Resources by region" rows={countRows(byRegion.groups, 'cloud')} />
            ) : (
              <Unknown error={error} field="byRegion" />
            )}
          </Panel>
        </div>
      </>
    )}
  </Answer>
);
