import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import type { Ask, Operation } from '#mcp/create-tools.ts';

export interface Patience {
  /** Longest time to wait for sources to be read, and for budget, in seconds. */
  readonly waitSeconds: number;
  /** Called with what is waited for. */
  readonly report: (text: string) => void;
}

/** Asks until nothing is missing that comes by waiting: sources that are still being read, and requests that have to wait for budget. */
export const askPatiently = async (
  ask: Ask,
  operation: Operation,
  { waitSeconds, report }: Patience,
): Promise<ExecutionResult> => {
  const until = Date.now() + waitSeconds * 1000;
  for (;;) {
    const result = await ask(operation);
    if (isUnread(result) && (await hasReadMore(ask, until, report))) continue;
    const seconds = waitOf(result);
    if (seconds === null || Date.now() + seconds * 1000 > until) return result;
    report(`Waiting ${seconds} s for ${whoWaits(result)}`);
    await sleep(seconds * 1000);
  }
};

const STATE = '{ sources { name lastError index { complete coverage } budget { remaining limit queued } } }';

interface SourceState {
  readonly name: string;
  readonly lastError: string | null;
  readonly index: { readonly complete: boolean; readonly coverage: number } | null;
  readonly budget: { readonly remaining: number; readonly limit: number; readonly queued: number };
}

const LOOK_MS = 500;

/** Waits while sources are being read. @returns whether that is done now and was not before: then the answer will be another. */
const hasReadMore = async (ask: Ask, until: number, report: Patience['report']): Promise<boolean> => {
  let reported = '';
  for (; Date.now() < until; await sleep(LOOK_MS)) {
    const sources = await beingRead(ask);
    if (sources.length === 0) return reported !== '';
    const text = sources.map(progressOf).join('; ');
    if (text !== reported) report(text);
    reported = text;
  }
  return false;
};

const beingRead = async (ask: Ask): Promise<SourceState[]> => {
  const { data } = await ask({ query: STATE });
  const sources = (data?.sources ?? []) as SourceState[];
  return sources.filter(({ index, lastError }) => index && !index.complete && lastError === null);
};

const progressOf = ({ name, index, budget }: SourceState): string =>
  `Reading ${name}: ${Math.floor((index?.coverage ?? 0) * 100)} %, ${budget.remaining} of ${budget.limit} requests left`;

const WAITS = ['RATE_LIMITED', 'UPSTREAM_RATE_LIMITED'];

const waiting = ({ errors = [] }: ExecutionResult) =>
  errors.filter(({ extensions }) => WAITS.includes(String(extensions?.code)));

/** What the index answers costs nothing, so what costs too much may do so only until the sources are read. */
const isUnread = ({ errors = [] }: ExecutionResult): boolean =>
  errors.some(
    ({ extensions }) => extensions?.reason === 'INDEX_INCOMPLETE' || extensions?.code === 'COST_LIMIT_EXCEEDED',
  );

/** Seconds after which asking again helps; null where it does not. */
const waitOf = (result: ExecutionResult): number | null => {
  const seconds = waiting(result).map(({ extensions }) => Number(extensions?.retryAfterSeconds));
  return seconds.length === 0 ? null : Math.max(1, ...seconds.filter(Number.isFinite));
};

const whoWaits = (result: ExecutionResult): string => {
  const names = new Set(waiting(result).map(({ extensions }) => String(extensions?.source ?? 'the gateway')));
  return `the budget of ${[...names].join(', ')}`;
};
