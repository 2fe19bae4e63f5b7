import { createRandom, hashOf, type Random } from '../random.ts';
import { createPublicAddresses } from './addresses.ts';
import type { CloudAccount } from './cloud-accounts.ts';
import type { WorldEdge, WorldResource } from './cloud-world.ts';
import { DAY, isoOf, SECOND } from './time.ts';

export interface ResourceSpec {
  readonly resourceId: string;
  readonly service: string;
  readonly region: string | null;
  readonly name?: string | null;
  readonly state?: string | null;
  readonly tags?: Readonly<Record<string, string>> | null;
  readonly tagsInArray?: boolean;
  readonly cost?: string | null;
  /** Milliseconds since the epoch; by default some moment of the scan that saw the account last. */
  readonly lastSeenAt?: number;
  readonly privateAddress?: string;
}

/** Collects rows and edges while the parts of the company are laid out. */
export interface CloudBuilder {
  readonly random: Random;
  readonly now: number;
  readonly resources: WorldResource[];
  readonly edges: WorldEdge[];
  readonly nextPublicAddress: () => string;
  /** Number of things already named by this stem, counting this one: 1, 2, 3 … */
  ordinal(stem: string): number;
  /** A provider id such as `vol-0123456789abcdef0`. */
  awsId(prefix: string): string;
  resource(account: CloudAccount, spec: ResourceSpec): WorldResource;
  edge(from: WorldResource, relationshipType: string, targetService: string, targetResourceId: string): void;
}

export function createCloudBuilder(seed: number, now: number): CloudBuilder {
  const random = createRandom(`cloud ${seed}`);
  const resources: WorldResource[] = [];
  const edges: WorldEdge[] = [];
  const ordinals = new Map<string, number>();
  return {
    random,
    now,
    resources,
    edges,
    nextPublicAddress: createPublicAddresses(seed),
    ordinal(stem) {
      const ordinal = (ordinals.get(stem) ?? 0) + 1;
      ordinals.set(stem, ordinal);
      return ordinal;
    },
    awsId: (prefix) => `${prefix}-0${random.hex(16)}`,
    resource(account, spec) {
      const { name = '', state = '', tags = {}, cost = '0.00', lastSeenAt, privateAddress, ...identity } = spec;
      const row: WorldResource = {
        id: random.uuid(),
        accountId: account.record.id,
        ...identity,
        name,
        state,
        tags,
        costEstimateMonthly: cost,
        lastSeenAt: isoOf(lastSeenAt ?? account.seenAt + batchDelay(spec)),
        createdAt: isoOf(now - random.int(20, 400) * DAY),
        ...(privateAddress === undefined ? {} : { privateAddress }),
      };
      resources.push(row);
      return row;
    },
    edge(from, relationshipType, targetService, targetResourceId) {
      const createdAt = from.createdAt;
      edges.push({ id: random.uuid(), fromId: from.id, relationshipType, targetService, targetResourceId, createdAt });
    },
  };
}

/** Rows of one service and region are written together, hence many equal timestamps. */
function batchDelay(spec: ResourceSpec): number {
  return (5 + (hashOf(`${spec.service} ${spec.region}`) % 240)) * SECOND;
}

/** `path` is everything after the fifth colon. IAM and S3 have no region, S3 no account either. */
export function arnOf(account: CloudAccount, service: string, region: string, path: string): string {
  return `arn:aws:${service}:${region}:${service === 's3' ? '' : account.record.awsAccountNumber}:${path}`;
}
