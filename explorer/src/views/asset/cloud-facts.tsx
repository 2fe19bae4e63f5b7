import { AssetLink } from '../../components/asset-link.tsx';
import type { Facts } from '../../components/facts-list.tsx';
import { Moment } from '../../components/moment.tsx';
import { RecordLink } from '../../components/record-link.tsx';
import { Severity } from '../../components/severity.tsx';
import { moneyText, wordsOf } from '../../text/amounts.ts';
import type { NodeOf } from './facts.tsx';

const moment = (at: string | null) => (at === null ? null : <Moment at={at} />);

export const resourceFacts = (resource: NodeOf<'Resource'>): Facts => ({
  Identifier: <code>{resource.resourceId}</code>,
  Service: resource.service,
  Region: resource.region,
  State: resource.state || undefined,
  Account: resource.account && (
    <RecordLink id={resource.account.id} name={`${resource.account.name} (${resource.account.awsAccountNumber})`} />
  ),
  'Cost a month':
    resource.costEstimateMonthly === null ? null : `${moneyText(Number(resource.costEstimateMonthly))}, estimated`,
  'Last seen': moment(resource.lastSeenAt),
  'First seen': moment(resource.createdAt),
  Tags: resource.tags.length === 0 ? undefined : <Tags tags={resource.tags} />,
});

const Tags = ({ tags }: { readonly tags: NodeOf<'Resource'>['tags'] }) => (
  <ul className="inline">
    {tags.map(({ key, value }) => (
      <li key={key}>
        <code>
          {key} = {value}
        </code>
      </li>
    ))}
  </ul>
);

export const findingFacts = (finding: NodeOf<'Finding'>): Facts => ({
  Severity: <Severity of={finding.severity} />,
  Status: finding.status.toLowerCase(),
  Type: wordsOf(finding.type),
  About: finding.resource ? <AssetLink asset={finding.resource} /> : undefined,
  Certificate: finding.certificate ? (
    <RecordLink id={finding.certificate.id} name={finding.certificate.primaryDomain || 'of an unknown name'} />
  ) : undefined,
  Account: finding.account && <RecordLink id={finding.account.id} name={finding.account.name} />,
  'Last found': moment(finding.lastDetectedAt),
  'First found': moment(finding.firstDetectedAt),
});

/** The keys differ by type and by server. */
export const detailFacts = (details: unknown): Facts =>
  typeof details === 'object' && details !== null
    ? Object.fromEntries(
        Object.entries(details).map(([key, value]) => [
          sentenceCase(wordsOf(key)),
          <code key={key}>{typeof value === 'string' ? value : JSON.stringify(value)}</code>,
        ]),
      )
    : {};

const sentenceCase = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;

export const certificateFacts = (certificate: NodeOf<'Certificate'>): Facts => ({
  Domain: certificate.primaryDomain,
  'Also covers': certificate.altNames.length === 0 ? undefined : certificate.altNames.join(', '),
  'Valid until': moment(certificate.notAfter),
  'Valid from': moment(certificate.notBefore),
  Issuer: certificate.issuer,
  Algorithm: certificate.algorithm,
  'Learned from': certificate.origin,
});

export const accountFacts = (account: NodeOf<'CloudAccount'>): Facts => ({
  'Account number': <code>{account.awsAccountNumber}</code>,
  Status: account.connection.toLowerCase(),
  'Last scan': moment(account.lastScanAt),
  'Last failure': account.lastError ?? undefined,
  Scanners: account.enabledScanners.join(', '),
});
