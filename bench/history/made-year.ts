import { createRandom } from '#demo/random.ts';
import type { ResourceEdge } from '#entities/dependency/model.ts';
import type { ResourceModel } from '#entities/resource/model.ts';
import type { CloudSnapshot, NetworkSnapshot } from '#inventory/snapshot/snapshot.ts';
import { inventedSnapshots } from '../scale-inventory.ts';

export const DAY_MS = 24 * 60 * 60_000;
/** Share of the records that change in a day. Of ten of them, one goes and another one comes. */
const CHURN = 0.01;
/** Resources that a scan sees at one instant. */
const SEEN_AT_ONCE = 50;

/** What one day's reading finds. Each day's has the day before's as a start. */
export interface Day {
  readonly at: number;
  readonly cloud: CloudSnapshot;
  readonly network: NetworkSnapshot;
}

/** Readings of an invented estate, a day apart, the last of them at `end`. */
export function* madeYear(resources: number, days: number, end: number): Iterable<Day> {
  const random = createRandom('history');
  const { snapshots } = inventedSnapshots(resources, end);
  let [cloud, network] = snapshots;
  for (let day = 0; day < days; day++) {
    const at = end - (days - 1 - day) * DAY_MS;
    const time = new Date(at).toISOString();
    const changes = (): boolean => day > 0 && random.next() < CHURN;
    cloud = {
      ...{ ...cloud, readAt: time, findingsReadAt: time },
      accountReadAt: new Map(cloud.accounts.map(({ id }) => [id, time])),
      resources: resourcesOn(day, at, cloud.resources, changes),
      edges: edgesOn(day, cloud.edges, changes),
    };
    network = { ...network, readAt: time, hosts: hostsOn(day, time, network.hosts, changes) };
    yield { at, cloud, network };
  }
}

const resourcesOn = (day: number, at: number, rows: CloudSnapshot['resources'], changes: () => boolean) => {
  const next = new Map<string, ResourceModel>();
  let number = 0;
  for (const row of rows.values()) {
    const seen = new Date(at - 600_000 + Math.floor(number++ / SEEN_AT_ONCE)).toISOString();
    const changed = changes();
    const isReplaced = changed && number % 10 === 0;
    const id = isReplaced ? `${row.id.slice(0, 24)}${String(day).padStart(4, '0')}${row.id.slice(28)}` : row.id;
    const state = changed && !isReplaced ? `state ${day % 7}` : row.state;
    next.set(id, { ...row, id, state, lastSeenAt: seen, updatedAt: changed ? seen : row.updatedAt });
  }
  return next;
};

/** Relations of resources that went stay under their new ids: what is measured is as much work either way. */
const edgesOn = (day: number, edges: CloudSnapshot['edges'], changes: () => boolean) => {
  const next = new Map<string, readonly ResourceEdge[]>();
  for (const [owner, of] of edges)
    next.set(
      owner,
      of.map((edge) => (changes() ? { ...edge, relationship: `relation ${day % 7}` } : edge)),
    );
  return next;
};

const hostsOn = (day: number, time: string, hosts: NetworkSnapshot['hosts'], changes: () => boolean) =>
  new Map(
    [...hosts.values()].map((host) => {
      const hostname = changes() ? `renamed-${day}` : host.hostname;
      return [host.id, { ...host, hostname, lastSeenAt: host.lastSeenAt && time, updatedAt: time }];
    }),
  );
