import { createRandom } from '../random.ts';
import { createAccounts } from './cloud-accounts.ts';
import { APPLICATION_MAX_ROWS, addApplication } from './cloud-application.ts';
import { type CloudBuilder, createCloudBuilder } from './cloud-builder.ts';
import { createCertificates } from './cloud-certificates.ts';
import { createFindings } from './cloud-findings.ts';
import { addPeculiarities } from './cloud-peculiar.ts';
import { createScans } from './cloud-scans.ts';
import type { Sites } from './cloud-vpc.ts';
import { type CloudVpc, createVpc } from './cloud-vpc.ts';
import type { CloudWorld, WorldResource } from './cloud-world.ts';
import { isoOf } from './time.ts';

export interface CloudWorldOptions {
  /** @default 1 */
  readonly seed?: number;
  /** @default Northwind Outfitters */
  readonly company?: string;
  /** Milliseconds since the epoch; every date of the world is relative to it. @default the present */
  readonly now?: number;
  /** Exact number of resources: 0, or at least {@link MIN_RESOURCES}. @default 720 */
  readonly resources?: number;
  /** Number of findings wanted; fewer only where every possible one already exists. @default 290 */
  readonly findings?: number;
}

/** Below this the company would lack one of its peculiarities. */
const MIN_RESOURCES = 160;

/** Share of applications by site: two in three are in production. */
const sitePlan = ['production', 'frankfurt', 'staging', 'production', 'legacy', 'production'] as const;
const APPLICATIONS_PER_VPC = 12;

/**
 * The cloud half of the invented company. The same options give the same company, row for row.
 *
 * @throws RangeError when `resources` is neither 0 nor at least {@link MIN_RESOURCES}.
 */
export function createCloudWorld(options: CloudWorldOptions = {}): CloudWorld {
  const {
    seed = 1,
    company = 'Northwind Outfitters',
    now = Date.now(),
    resources: total = 720,
    findings: findingCount = 290,
  } = options;
  if (total !== 0 && total < MIN_RESOURCES) {
    throw new RangeError(`resources must be 0 or at least ${MIN_RESOURCES}, got ${total}`);
  }
  const random = createRandom(`company ${seed}`);
  const organization = {
    id: random.uuid(),
    name: company,
    slug: company.toLowerCase().replaceAll(' ', '-'),
    tier: 'team',
  };
  const accounts = createAccounts(random, now);
  if (total === 0) {
    return {
      now: isoOf(now),
      organization,
      accounts: [],
      resources: [],
      edges: [],
      certificates: [],
      findings: [],
      scans: [],
    };
  }
  const builder = createCloudBuilder(seed, now);
  const sites = createSites(builder, accounts);
  addPeculiarities(builder, sites);
  addApplications(builder, sites, total);
  addLogGroups(builder, sites.production, total);
  const { resources, edges } = builder;
  const sizes = countByAccount(resources);
  const scans = createScans(random, now, accounts, (account) => sizes.get(account.record.id) ?? 0);
  const certificates = createCertificates(random, now, accounts);
  const findings = createFindings({ seed, now, resources, certificates, scans, count: findingCount });
  return {
    now: isoOf(now),
    organization,
    accounts: accounts.map(({ record }) => record),
    resources,
    edges,
    certificates,
    findings,
    scans,
  };
}

function createSites(builder: CloudBuilder, accounts: ReturnType<typeof createAccounts>): Sites {
  const site = (role: string, region: string) => {
    const account = accounts.find((candidate) => candidate.role === role);
    if (account === undefined) throw new Error(`No account is ${role}`);
    return createVpc(builder, account, region);
  };
  return {
    production: site('production', 'eu-west-1'),
    frankfurt: site('production', 'eu-central-1'),
    staging: site('staging', 'eu-west-1'),
    legacy: site('legacy', 'us-east-1'),
  };
}

/** Applications until the next might be one too many; every twelfth of a site opens another VPC. */
function addApplications(builder: CloudBuilder, sites: Sites, total: number): void {
  const current: Record<keyof Sites, CloudVpc> = { ...sites };
  const used: Record<keyof Sites, number> = { production: 0, frankfurt: 0, staging: 0, legacy: 0 };
  for (let turn = 0; total - builder.resources.length >= APPLICATION_MAX_ROWS; turn += 1) {
    const site = sitePlan[turn % sitePlan.length] as keyof Sites;
    if (used[site] > 0 && used[site] % APPLICATIONS_PER_VPC === 0) {
      current[site] = createVpc(builder, current[site].account, current[site].region);
    }
    used[site] += 1;
    addApplication(builder, current[site]);
  }
}

/** What is left to the exact number are log groups of containers. */
function addLogGroups(builder: CloudBuilder, { account, region }: CloudVpc, total: number): void {
  while (builder.resources.length < total) {
    const name = `/ecs/task-${builder.ordinal('task')}`;
    const resourceId = `arn:aws:logs:${region}:${account.record.awsAccountNumber}:log-group:${name}:*`;
    builder.resource(account, { service: 'cloudwatch_logs', resourceId, region, name, cost: '0.03' });
  }
}

function countByAccount(resources: readonly WorldResource[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { accountId } of resources) counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
  return counts;
}
