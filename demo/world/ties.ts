import { lastCompletedScan } from './cloud-scans.ts';
import type { CloudWorld, WorldResource } from './cloud-world.ts';
import type { NetworkWorld } from './network-world.ts';

/**
 * The same world with `size` rows an instant: what one scan wrote at once. Rows are grouped within an account, and what the last
 * scan has seen apart from what it missed, so that no row becomes older or younger than a scan.
 */
export function cloudWithTies(world: CloudWorld, size: number): CloudWorld {
  const startOf = new Map(world.accounts.map(({ id }) => [id, lastCompletedScan(world.scans, id)?.startedAt ?? '']));
  const group = (row: WorldResource) => `${row.accountId} ${row.lastSeenAt >= (startOf.get(row.accountId) ?? '')}`;
  return {
    ...world,
    resources: sharing(world.resources, size, group, 'lastSeenAt', newest),
    findings: sharing(world.findings, size, (row) => row.accountId, 'createdAt', oldest),
  };
}

/** The same, as one call of the API creates or updates rows of a network at once. */
export function networkWithTies(world: NetworkWorld, size: number): NetworkWorld {
  const created = <Row extends { readonly createdAt: string; readonly networkId?: string }>(rows: readonly Row[]) =>
    sharing(rows, size, (row) => row.networkId ?? '', 'createdAt', oldest);
  return {
    ...world,
    networks: created(world.networks),
    subnets: created(world.subnets),
    tags: created(world.tags),
    hosts: sharing(created(world.hosts), size, (row) => row.networkId, 'updatedAt', newest),
    daemons: created(world.daemons),
    dependencies: created(world.dependencies),
    discoveries: created(world.discoveries),
    vlans: created(world.vlans),
  };
}

const newest = (instants: readonly string[]): string => instants.reduce((a, b) => (a > b ? a : b));
const oldest = (instants: readonly string[]): string => instants.reduce((a, b) => (a < b ? a : b));

/** Gives neighbours in time one instant: `size` of them at a time, the last ones fewer. Keeps the order of `rows`. */
function sharing<Key extends string, Row extends Readonly<Record<Key, string>>>(
  rows: readonly Row[],
  size: number,
  groupOf: (row: Row) => string,
  key: Key,
  choose: (instants: readonly string[]) => string,
): readonly Row[] {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`Expected ties of 1 row or more, got ${size}`);
  const shared = new Map<Row, string>();
  for (const group of Map.groupBy(rows, groupOf).values()) {
    const inTime = group.toSorted((a, b) => (a[key] < b[key] ? -1 : Number(a[key] > b[key])));
    for (let at = 0; at < inTime.length; at += size) {
      const together = inTime.slice(at, at + size);
      const instant = choose(together.map((row) => row[key]));
      for (const row of together) shared.set(row, instant);
    }
  }
  return rows.map((row) => ({ ...row, [key]: shared.get(row) ?? row[key] }));
}
