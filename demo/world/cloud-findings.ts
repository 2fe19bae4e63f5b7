import { createRandom, type Random } from '../random.ts';
import { certificateFindings, type FindingSubject, type FindingsInput } from './certificate-findings.ts';
import { lastCompletedScan } from './cloud-scans.ts';
import type { WorldFinding, WorldResource, WorldScan } from './cloud-world.ts';
import { controlFindingKinds } from './control-finding-kinds.ts';
import type { FindingKind } from './finding-kind.ts';
import { machineFindingKinds } from './machine-finding-kinds.ts';
import { networkFindingKinds } from './network-finding-kinds.ts';
import { DAY, HOUR, isoOf, MINUTE } from './time.ts';

export const findingKinds: readonly FindingKind[] = [
  ...machineFindingKinds,
  ...networkFindingKinds,
  ...controlFindingKinds,
];

/** At most one finding per type and resource or certificate; every type that has a candidate comes at least once. */
export function createFindings(input: FindingsInput): readonly WorldFinding[] {
  const random = createRandom(`findings ${input.seed}`);
  const subjects = [...certificateFindings(input), ...accountFindings(input), ...resourceFindings(input, random)];
  return subjects.slice(0, input.count).map((subject, index) => withLife(subject, index, input, random));
}

/** In turn one more of each kind, until there are enough or nobody is left to blame. */
function* resourceFindings({ resources, now }: FindingsInput, random: Random): Generator<FindingSubject> {
  const queues = findingKinds.map((kind) => ({ kind, rows: candidatesOf(kind, resources, random) }));
  for (let round = 0; queues.some(({ rows }) => rows.length > round); round += 1) {
    for (const { kind, rows } of queues) {
      const row = rows[round];
      if (row !== undefined) yield subjectOf(kind, row, random, now);
    }
  }
}

function candidatesOf(
  kind: FindingKind,
  resources: readonly WorldResource[],
  random: Random,
): readonly WorldResource[] {
  const rows = resources.filter((row) => kind.services.includes(row.service) && (kind.applies?.(row) ?? true));
  const start = rows.length === 0 ? 0 : random.int(0, rows.length - 1);
  return [...rows.slice(start), ...rows.slice(0, start)];
}

function subjectOf(kind: FindingKind, row: WorldResource, random: Random, now: number): FindingSubject {
  const name = row.name || row.resourceId;
  return {
    accountId: row.accountId,
    resourceId: row.id,
    certificateId: null,
    type: kind.type,
    severity: kind.severity,
    summary: kind.summary(name),
    details: {
      resource_id: row.resourceId,
      region: row.region,
      service: row.service,
      recommendation: 'Look at it, then change it or say why not.',
      doc_url: `https://docs.example.com/findings/${kind.type}`,
      ...kind.details(row, random, now),
    },
  };
}

/** Findings about an account as a whole, or about things that never had a row. */
function accountFindings({ resources }: FindingsInput): readonly FindingSubject[] {
  const accountId = resources[0]?.accountId;
  if (accountId === undefined) return [];
  const subject = { accountId, resourceId: null, certificateId: null };
  return [
    {
      ...subject,
      type: 'root_account_usage',
      severity: 'critical',
      summary: 'The root user signed in yesterday',
      details: {},
    },
    {
      ...subject,
      type: 'orphaned_ami',
      severity: 'low',
      summary: 'An image of 2023 is used by nobody',
      details: { imageId: 'ami-0c2f4a7d91e35b680', region: 'eu-west-1', ageDays: 912 },
    },
    {
      ...subject,
      type: 'cloudtrail_disabled',
      severity: 'high',
      summary: 'No trail records this account',
      details: { regions: ['eu-north-1', 'sa-east-1'], multiRegion: false },
    },
  ];
}

const statuses = ['open', 'open', 'open', 'resolved', 'open', 'snoozed', 'open', 'ignored', 'open', 'open'] as const;

/** Every 29th has forgotten its dates, every 11th was not seen by the newest scan. */
function withLife(subject: FindingSubject, index: number, { now, scans }: FindingsInput, random: Random): WorldFinding {
  const status = statuses[index % statuses.length] as string;
  const created = now - random.int(2 * 24 * 60, 300 * 24 * 60) * MINUTE;
  const scan = lastCompletedScan(scans, subject.accountId);
  const seen = Date.parse(scan?.completedAt ?? isoOf(now - HOUR));
  const dated = index % 29 !== 28;
  const confirmed = status !== 'resolved' && index % 11 !== 10;
  return {
    id: random.uuid(),
    ...subject,
    status,
    resolvedAt: status === 'resolved' ? isoOf(created + DAY) : null,
    snoozedUntil: status === 'snoozed' ? isoOf(now + random.int(1, 30) * DAY) : null,
    firstDetectedAt: dated ? isoOf(created) : null,
    lastDetectedAt: dated ? isoOf(confirmed ? seen : created + 12 * HOUR) : null,
    lastScanId: dated && confirmed ? (scan?.id ?? null) : dated ? olderScan(scans, subject.accountId) : null,
    detectionCount: random.int(1, 120),
    createdAt: isoOf(created),
  };
}

function olderScan(scans: readonly WorldScan[], accountId: string): string | null {
  return scans.findLast((scan) => scan.accountId === accountId && scan.status === 'complete')?.id ?? null;
}
