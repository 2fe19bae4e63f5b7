import { Link } from 'react-router';
import { assetPath } from '../../components/asset-link.tsx';
import { Severity } from '../../components/severity.tsx';
import type { OverviewFindingsQuery } from '../../gql/graphql.ts';
import { durationText } from '../../text/times.ts';

type CertificateFinding = NonNullable<OverviewFindingsQuery['certificates']>['nodes'][number];

const MOST_ROWS = 9;
const DAY_S = 86_400;

/** Certificates by when they end, as the findings about them say: reading each of them would cost a request. */
export const Certificates = ({ findings }: { readonly findings: readonly CertificateFinding[] }) => {
  const soonest = findings
    .map((finding) => ({ ...finding, ...endOf(finding) }))
    .sort((a, b) => a.days - b.days)
    .slice(0, MOST_ROWS);
  return (
    <ul className="rows">
      {soonest.length === 0 && <li className="quiet">None ends in the next 60 days.</li>}
      {soonest.map(({ id, severity, summary, domain, days }) => (
        <li key={id}>
          <Severity of={severity} />
          <div>
            <Link to={assetPath(id)}>{domain ?? summary}</Link>
            <small className="quiet">{endText(days)}</small>
          </div>
        </li>
      ))}
    </ul>
  );
};

interface Details {
  readonly domain?: unknown;
  readonly days_left?: unknown;
  readonly daysUntilExpiry?: unknown;
}

/** The editions of the source spell it differently, and may say less. */
const endOf = ({ details }: CertificateFinding) => {
  const of = (details ?? {}) as Details;
  const days = of.days_left ?? of.daysUntilExpiry;
  return {
    domain: typeof of.domain === 'string' ? of.domain || 'Certificate without a name' : null,
    days: typeof days === 'number' ? days : Number.POSITIVE_INFINITY,
  };
};

const LONG_AGO_DAYS = -36_500;

const endText = (days: number): string => {
  if (!Number.isFinite(days)) return 'the source does not say when';
  // Its end is in the year 0001.
  if (days < LONG_AGO_DAYS) return 'was never issued';
  return days < 0 ? `ended ${durationText(-days * DAY_S)} ago` : `ends in ${durationText(days * DAY_S)}`;
};
