import type { ChangeModel, FieldChangeModel } from '#entities/change/model.ts';
import type { RecordRef } from '#lib/record-ref.ts';
import { inShortTurns } from '#lib/turns.ts';

/** Changes kept of one source, newest first; older ones are forgotten. */
const MOST_CHANGES = 2_000;

/** What of a record is compared between two readings, and what it is called. */
interface ChangeFacts<M extends RecordRef> {
  readonly title: (record: M) => string;
  readonly facts: (record: M) => Readonly<Record<string, string | null>>;
}

interface Former<R> {
  readonly readAt: string;
  readonly rows: ReadonlyMap<string, R>;
  readonly changes: readonly ChangeModel[];
}

type Now<R> = Pick<Former<R>, 'readAt' | 'rows'>;

/** Everything that differs between two readings, put before what was known to have changed earlier. */
export const changesBetween = <R extends RecordRef<ChangeModel['type']>>(
  of: ChangeFacts<R>,
  former: Former<R>,
  now: Now<R>,
): readonly ChangeModel[] => newest([...eachChange(of, former, now)], former);

/** The same in short turns: of very many rows it takes long. */
export const changesInTurns = async <R extends RecordRef<ChangeModel['type']>>(
  of: ChangeFacts<R>,
  former: Former<R>,
  now: Now<R>,
): Promise<readonly ChangeModel[]> => {
  const fresh: (ChangeModel | null)[] = [];
  const turn = inShortTurns();
  for (const change of eachChange(of, former, now)) {
    if (change) fresh.push(change);
    const pause = turn();
    if (pause) await pause;
  }
  return newest(fresh, former);
};

const newest = (fresh: readonly (ChangeModel | null)[], { changes }: Pick<Former<never>, 'changes'>) =>
  [...fresh.filter((change) => change !== null), ...changes].slice(0, MOST_CHANGES);

/** Null for each row that did not change. */
function* eachChange<R extends RecordRef<ChangeModel['type']>>(
  { title, facts }: ChangeFacts<R>,
  former: Former<R>,
  now: Now<R>,
): Iterable<ChangeModel | null> {
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
  for (const [id, row] of now.rows) {
    const before = former.rows.get(id);
    const fields = before && before !== row ? differences(facts(before), facts(row)) : [];
    yield before ? (fields.length > 0 ? change('CHANGED', row, fields) : null) : change('ADDED', row);
  }
  for (const [id, row] of former.rows) yield now.rows.has(id) ? null : change('REMOVED', row);
}

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
