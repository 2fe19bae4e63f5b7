import { randomUUID } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import { toError } from '#lib/gateway-error.ts';
import type { Clock } from '#sources/transport/clock.ts';
import { eventOf, webhookBody } from './event.ts';
import { judge } from './judge.ts';
import type { FiredWatch } from './viewer-watches.ts';
import { identityOf, targetOf, type Watch } from './watch.ts';
import { watchAnswer } from './watch-answer.ts';
import type { Delivery, WatchMemory, WatchState } from './watch-state.ts';

export interface RunDeps {
  readonly clock: Clock;
  readonly state: WatchState;
  /** Asks as the viewer of the watch, with leftover budget. */
  readonly ask: (watch: Watch, signal: AbortSignal) => Promise<ExecutionResult>;
}

/** A run without an answer that can be judged. */
export class RunFailure extends Error {
  readonly code: string;

  constructor(code: string, cause?: Error) {
    super(code, { cause });
    this.code = code;
  }
}

/**
 * Asks once. What is told is kept before this returns.
 * @returns null when there is nothing to tell
 * @throws RunFailure without a whole answer; any other error when it cannot be kept
 */
export const runWatch = async (deps: RunDeps, watch: Watch, signal: AbortSignal): Promise<FiredWatch | null> => {
  const { clock, state } = deps;
  const data = await answered(deps, watch, signal);
  const now = clock.now();
  const memory = state.memoryOf(watch);
  const answer = watchAnswer(data, watch.path);
  const { holds, fires, summary } = judge(watch.condition, answer, memory.answer);
  const event = fires ? eventOf(watch, { id: `msg_${randomUUID()}`, firedAt: now, summary }) : null;
  const next: WatchMemory = {
    identity: identityOf(watch),
    answer: { ...answer, rows: [...answer.rows], holds },
    lastRunAt: now,
    lastFiredAt: event ? now : memory.lastFiredAt,
    lastFailure: null,
  };
  const deliveries = event ? deliveriesOf(watch, event.id, webhookBody(watch, event, summary, data), now) : [];
  await state.remember(watch.name, next, deliveries);
  return event;
};

const answered = async ({ ask }: RunDeps, watch: Watch, signal: AbortSignal) => {
  const { data, errors = [] } = await ask(watch, signal).catch((thrown): ExecutionResult => {
    throw new RunFailure('INTERNAL_SERVER_ERROR', toError(thrown));
  });
  // A part says nothing of what it lacks.
  if (!data || errors.length > 0) throw new RunFailure(String(errors[0]?.extensions?.code ?? 'INTERNAL_SERVER_ERROR'));
  return data;
};

const deliveriesOf = ({ name, webhooks }: Watch, id: string, body: string, now: number): Delivery[] =>
  webhooks.map((webhook) => ({
    id,
    watch: name,
    target: targetOf(webhook),
    body,
    firedAt: now,
    attempts: 0,
    nextAttemptAt: now,
  }));
