import type { ChangeFacts, ChangeModel, FieldChangeModel } from '#entities/change/model.ts';
import type { RecordRef } from '#lib/record-ref.ts';

/** Changes kept of one source, newest first; older ones are forgotten. */
const MOST_CHANGES = 2_000;

/** Everything that differs between two readings, put before what was known to have changed earlier. */
export const changesBetween = <R extends RecordRef<ChangeModel['type']>>(
  { title, facts }: ChangeFacts<R>,
  former: {
    readonly readAt: string;
    readonly rows: ReadonlyMap<string, R>;
    readonly changes: readonly ChangeModel[];
  },
  now: { readonly readAt: string; readonly rows: ReadonlyMap<string, R> },
): readonly ChangeModel[] => {
  const change = (kind: ChangeModel['kind'], row: R, fields: readonly FieldChangeModel[] = []): ChangeModel => ({
    kind,
    type: row.type,
    source: row.source,
    id: row.id,
    title: title(row),
    fields,
    noticedAt: now.readAt,
    since: former.readAt,
  });
  const fresh: ChangeModel[] = [];
  for (const [id, row] of now.rows) {
    const before = former.rows.get(id);
    if (!before) fresh.push(change('ADDED', row));
    else if (before !== row) {
      const fields = differences(facts(before), facts(row));
      if (fields.length > 0) fresh.push(change('CHANGED', row, fields));
    }
  }
  for (const [id, row] of former.rows) if (!now.rows.has(id)) fresh.push(change('REMOVED', row));
  return [...fresh, ...former.changes].slice(0, MOST_CHANGES);
};

/** Whether people would say that it changed. */
export const isChanged = <R extends RecordRef>(
  { facts }: Pick<ChangeFacts<R>, 'facts'>,
  before: R,
  after: R,
): boolean => differences(facts(before), facts(after)).length > 0;

const differences = (
  before: Readonly<Record<string, string | null>>,
  after: Readonly<Record<string, string | null>>,
): FieldChangeModel[] =>
  Object.keys(after).flatMap((name) =>
    before[name] === after[name] ? [] : [{ name, before: before[name] ?? null, after: after[name] ?? null }],
  );
