import type { Condition } from './watch.ts';
import type { WatchAnswer, WatchedRow } from './watch-answer.ts';

/** A row as it is told. */
export type ToldRow = Pick<WatchedRow, 'id' | 'title'>;

/** How an answer differs from the one before. */
export interface WatchSummary {
  readonly count: number;
  readonly appeared: readonly ToldRow[];
  readonly vanished: readonly ToldRow[];
  readonly changed: readonly ToldRow[];
  /** Something beside the rows differs. */
  readonly otherwise: boolean;
}

export interface Judgement {
  /** The condition is met. */
  readonly holds: boolean;
  /** It is to be told. */
  readonly fires: boolean;
  readonly summary: WatchSummary;
}

/** What is remembered of an answer. */
export interface Remembered extends WatchAnswer {
  readonly holds: boolean;
}

/**
 * Whether an answer is worth telling. A first answer is nothing that changed. That there are some, or too many, is told when it
 * becomes so, and again when there are others than before.
 */
export const judge = (condition: Condition, answer: WatchAnswer, before: Remembered | null): Judgement => {
  const summary = summaryOf(answer, before);
  if (condition === 'changed') {
    const { appeared, vanished, changed, otherwise } = summary;
    const differs = otherwise || [appeared, vanished, changed].some((rows) => rows.length > 0);
    const holds = before !== null && differs;
    return { holds, fires: holds, summary };
  }
  const holds = answer.count > (condition === 'nonEmpty' ? 0 : condition.count.greaterThan);
  return { holds, fires: holds && (!before?.holds || summary.appeared.length > 0), summary };
};

const summaryOf = ({ rows, count, rest }: WatchAnswer, before: Remembered | null): WatchSummary => {
  const former = new Map(before?.rows.map((row) => [row.id, row]));
  const now = new Set(rows.map(({ id }) => id));
  const told = (of: readonly WatchedRow[]): ToldRow[] => of.map(({ id, title }) => ({ id, title }));
  return {
    count,
    appeared: told(rows.filter(({ id }) => !former.has(id))),
    vanished: told(before?.rows.filter(({ id }) => !now.has(id)) ?? []),
    changed: told(rows.filter(({ id, digest }) => digest !== (former.get(id)?.digest ?? digest))),
    otherwise: before !== null && before.rest !== rest,
  };
};
