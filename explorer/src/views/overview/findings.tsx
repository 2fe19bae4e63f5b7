import { Link } from 'react-router';
import { INDEX_STALE_SECONDS } from '../../api/client.ts';
import { Answer } from '../../components/answer.tsx';
import { assetPath } from '../../components/asset-link.tsx';
import { Chart } from '../../components/chart.tsx';
import { Panel } from '../../components/panel.tsx';
import { Severity } from '../../components/severity.tsx';
import { Unknown } from '../../components/unknown.tsx';
import type { OverviewFindingsQuery } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { countedText, wordsOf } from '../../text/amounts.ts';
import { Certificates } from './certificates.tsx';
import { severityRows, typeRows } from './rows-of-groups.ts';

const OverviewFindings = graphql(`
  query OverviewFindings {
    bySeverity: findingGroups(by: [SEVERITY], filter: { status: [OPEN] }) {
      totalCount
      groups { count keys { value label } }
    }
    byType: findingGroups(by: [TYPE], filter: { status: [OPEN] }, first: 6) {
      groups { count keys { value label } }
    }
    worst: findings(first: 7, filter: { status: [OPEN] }, orderBy: { field: SEVERITY, direction: DESC }) {
      nodes { id severity summary type }
    }
    certificates: findings(
      first: 50
      filter: { status: [OPEN], type: ["ssl_expiry", "ssl_expired"] }
      orderBy: { field: SEVERITY, direction: DESC }
    ) {
      totalCount
      nodes { id severity summary details }
    }
  }
`);

type Finding = NonNullable<OverviewFindingsQuery['worst']>['nodes'][number];

/** What needs a look first. */
export const Findings = () => (
  <Answer
    title="Open findings"
    operation={OverviewFindings}
    variables={{}}
    loadingLines={8}
    maxStaleSeconds={INDEX_STALE_SECONDS}
  >
    {({ bySeverity, byType, worst, certificates }, error) => (
      <div className="panels">
        <Panel title="By severity" note={bySeverity && countedText(bySeverity.totalCount, 'finding')}>
          {bySeverity ? (
            <Chart
              caption="Open findings by severity"
              rows={severityRows(
                bySeverity.groups.map(({ count, keys: [key] }) => ({ count, key: key?.value ?? 'unknown' })),
              )}
            />
          ) : (
            <Unknown error={error} field="bySeverity" />
          )}
          <h4>By type</h4>
          {byType ? (
            <Chart caption="Open findings by type" rows={typeRows(byType.groups)} />
          ) : (
            <Unknown error={error} field="byType" />
          )}
        </Panel>
        <Panel title="Worst">
          {worst ? <Worst findings={worst.nodes} /> : <Unknown error={error} field="worst" />}
        </Panel>
        <Panel title="Certificates that end" note={certificates && countedText(certificates.totalCount, 'certificate')}>
          {certificates ? (
            <Certificates findings={certificates.nodes} />
          ) : (
            <Unknown error={error} field="certificates" />
          )}
        </Panel>
      </div>
    )}
  </Answer>
);

const Worst = ({ findings }: { readonly findings: readonly Finding[] }) => (
  <ul className="rows">
    {findings.length === 0 && <li className="quiet">None is open.</li>}
    {findings.map(({ id, severity, summary, type }) => (
      <li key={id}>
        <Severity of={severity} />
        <div>
          <Link to={assetPath(id)}>{summary}</Link>
          <small className="quiet">{wordsOf(type)}</small>
        </div>
      </li>
    ))}
  </ul>
);
