import type { AssetType } from '#entities/dependency/model.ts';
import { type HostModel, hostDisplayName } from '#entities/host/model.ts';
import { type ResourceModel, resourceDisplayName } from '#entities/resource/model.ts';

/** One difference between two readings of a source. */
export interface InventoryChange {
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  readonly type: Extract<AssetType, 'Resource' | 'Host'>;
  readonly source: string;
  readonly id: string;
  /** Title when it was last seen; a removed record cannot be asked for its own. */
  readonly title: string;
  /** Properties that differ; empty unless CHANGED. */
  readonly fields: readonly FieldChange[];
  /** RFC 3339: the reading that showed it. */
  readonly noticedAt: string;
  /** RFC 3339: the reading before, when it was not so yet. */
  readonly since: string;
}

export interface FieldChange {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Changes kept of one source, newest first; older ones are forgotten. */
const MOST_CHANGES = 2_000;

type Row = ResourceModel | HostModel;

/** What makes a difference to people. Times of sight move with every scan, and mean nothing by themselves. */
const FACTS: {
  readonly [T in Row['type']]: (row: Extract<Row, { type: T }>) => Readonly<Record<string, string | null>>;
} = {
  Resource: ({ name, state, region, service, costEstimateMonthly, tags }) => ({
    name,
    state,
    region,
    service,
    costEstimateMonthly,
    tags: tags
      .map(({ key, value }) => `${key}=${value}`)
      .sort()
      .join(', '),
  }),
  Host: ({ name, hostname, hidden, addresses, services }) => ({
    name,
    hostname,
    hidden: String(hidden),
    addresses: addresses
      .map(({ address }) => address)
      .sort()
      .join(', '),
    services: services
      .map(({ definition }) => definition)
      .sort()
      .join(', '),
  }),
};

const factsOf = (row: Row): Readonly<Record<string, string | null>> =>
  row.type === 'Resource' ? FACTS.Resource(row) : FACTS.Host(row);

const titleOf = (row: Row): string => (row.type === 'Resource' ? resourceDisplayName(row) : hostDisplayName(row));

/** Everything that differs between two readings, put before what was known to have changed earlier. */
export const changesBetween = <R extends Row>(
  former: {
    readonly readAt: string;
    readonly rows: ReadonlyMap<string, R>;
    readonly changes: readonly InventoryChange[];
  },
  now: { readonly readAt: string; readonly rows: ReadonlyMap<string, R> },
): readonly InventoryChange[] => {
  const change = (kind: InventoryChange['kind'], row: R, fields: readonly FieldChange[] = []): InventoryChange => ({
    kind,
    type: row.type,
    source: row.source,
    id: row.id,
    title: titleOf(row),
    fields,
    noticedAt: now.readAt,
    since: former.readAt,
  });
  const fresh: InventoryChange[] = [];
  for (const [id, row] of now.rows) {
    const before = former.rows.get(id);
    if (!before) fresh.push(change('ADDED', row));
    else if (before !== row) {
      const fields = differences(factsOf(before), factsOf(row));
      if (fields.length > 0) fresh.push(change('CHANGED', row, fields));
    }
  }
  for (const [id, row] of former.rows) if (!now.rows.has(id)) fresh.push(change('REMOVED', row));
  return [...fresh, ...former.changes].slice(0, MOST_CHANGES);
};

const differences = (
  before: Readonly<Record<string, string | null>>,
  after: Readonly<Record<string, string | null>>,
): FieldChange[] =>
  Object.keys(after).flatMap((name) =>
    before[name] === after[name] ? [] : [{ name, before: before[name] ?? null, after: after[name] ?? null }],
  );
