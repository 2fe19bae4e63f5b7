import { createCloudWorld } from './cloud.ts';
import type { CloudWorld, WorldResource } from './cloud-world.ts';
import { withBlankNames, withHandwrittenRows } from './handwritten.ts';
import { createNetworkWorld } from './network.ts';
import type { World } from './types.ts';

export interface WorldOptions {
  /** @default 1 */
  readonly seed?: number;
  /** Milliseconds since the epoch; every date is relative to it. @default the present */
  readonly now?: number;
  /** Exact number of cloud resources. @default as the cloud half has it */
  readonly resources?: number;
  readonly findings?: number;
  /** Exact number of hosts. @default 320 */
  readonly hosts?: number;
  /** With rows as people write them into the databases past the products. @default false */
  readonly handwritten?: boolean;
}

const DEFAULT_HOSTS = 320;

/** Both halves of the invented company, with the answer sheet of which host is which resource, and what must not link. */
export function createWorld(options: WorldOptions = {}): World {
  const { seed = 1, now = Date.now(), hosts = DEFAULT_HOSTS, handwritten = false, ...sizes } = options;
  const cloud = createCloudWorld({ seed, now, ...sizes });
  const { network, labels } = createNetworkWorld(cloud, { seed, now, hosts });
  const tagged = withTags(cloud, labels.cloudTags);
  return {
    cloud: handwritten ? withHandwrittenRows(tagged) : tagged,
    network: handwritten ? withBlankNames(network) : network,
    truth: labels.truth,
    decoys: labels.decoys,
  };
}

/** The same cloud after its operators wrote their tags. */
function withTags(cloud: CloudWorld, tags: ReadonlyMap<string, Readonly<Record<string, string>>>): CloudWorld {
  const tagged = (row: WorldResource): WorldResource => {
    const added = tags.get(row.id);
    if (added === undefined) return row;
    return { ...row, name: added.Name ?? row.name, tags: { ...row.tags, ...added } };
  };
  return { ...cloud, resources: cloud.resources.map(tagged) };
}
