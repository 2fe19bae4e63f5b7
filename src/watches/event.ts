import { cutToFit } from '#lib/cut-to-fit.ts';
import type { ToldRow, WatchSummary } from './judge.ts';
import type { FiredWatch } from './viewer-watches.ts';
import { conditionText, type Watch } from './watch.ts';

/** Rows of each kind that an event names; the rest is counted. */
const MOST_ROWS = 100;
/** Largest body of a webhook; longer lists of the answer are cut. */
const BODY_BYTES = 100_000;

interface EventInput {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly firedAt: number;
  readonly summary: WatchSummary;
}

export const eventOf = (watch: Watch, { id, firedAt, summary }: EventInput): FiredWatch => ({
  id,
  watch: watch.name,
  operation: watch.question.name,
  firedAt: new Date(firedAt).toISOString(),
  condition: conditionText(watch.condition),
  count: summary.count,
  appeared: summary.appeared.slice(0, MOST_ROWS),
  vanished: summary.vanished.slice(0, MOST_ROWS),
  changed: summary.changed.slice(0, MOST_ROWS),
});

/** What a webhook is sent. Members of the answer that are null are left out. */
export const webhookBody = (watch: Watch, event: FiredWatch, summary: WatchSummary, data: unknown): string => {
  const { operation, firedAt, condition } = event;
  const told = {
    type: 'watch.fired',
    watch: watch.name,
    operation,
    variables: watch.variables,
    firedAt,
    condition,
    summary: {
      count: summary.count,
      appeared: rowsTold(summary.appeared),
      vanished: rowsTold(summary.vanished),
      changed: rowsTold(summary.changed),
      otherwise: summary.otherwise,
    },
  };
  return JSON.stringify(cutToFit(data, told, BODY_BYTES));
};

const rowsTold = (rows: readonly ToldRow[]) => ({ count: rows.length, rows: rows.slice(0, MOST_ROWS) });
