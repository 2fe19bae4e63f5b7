import type { Outcome } from '#sources/transport/budget/allowance.ts';
import { DEFAULT_RESERVE, type RateLimit } from '#sources/transport/budget/budget-options.ts';
import { readWindowHeaders } from '#sources/transport/budget/window-headers.ts';
import type { SharedRule, SharedView } from './shared-rule.ts';
import { WINDOW_SCRIPT } from './window-script.ts';

type Window = Extract<RateLimit, { kind: 'fixedWindow' }>;

/** By how much the end of a window may be wrong: headers are rounded to seconds, and requests take time to arrive. */
const MARGIN_MS = 1_000;

/** A fixed window that is counted in Redis. */
export const windowRule = (rate: Window, reserve = DEFAULT_RESERVE): SharedRule => {
  const windowMs = rate.windowSeconds * 1000;
  const reserved = Math.ceil(rate.limit * reserve);
  const read = (reply: readonly number[], now: number, part: number): SharedView =>
    viewOf(reply, { now, part, reserved, windowMs });
  return {
    script: WINDOW_SCRIPT,
    namesRequests: true,
    settings: (part) => [String(rate.limit), String(reserved), String(windowMs), String(part)],
    settlement,
    read,
    unread: read([0, 0, 0, 0, 0, -1, -1, 0, 0, 0, rate.limit], 0, 1),
    divided: (parts, { limit }) => {
      const own = reserved + Math.max(1, Math.floor((limit - reserved) / parts));
      return { rate: { ...rate, limit: own }, reserve: reserved / own };
    },
    lostUntil: (view, now) => view.endsAt ?? (view.status(now).resetAt === null ? null : now + windowMs + MARGIN_MS),
    quietUntil: ({ endsAt }, aloneSince) =>
      endsAt !== null && endsAt > aloneSince ? endsAt : aloneSince + windowMs + MARGIN_MS,
  };
};

const settlement = (outcome: Outcome, now: number): readonly string[] | null => {
  if (outcome.kind === 'unknown') return null;
  if (outcome.kind === 'uncounted') return ['uncounted'];
  const headers = readWindowHeaders(outcome.headers);
  if (!headers) return null;
  const { limit, remaining, reset, endsInMs } = headers;
  const age = Math.max(0, now - outcome.receivedAt);
  return ['answered', ...[limit, remaining, reset, endsInMs ?? Number.MAX_SAFE_INTEGER, age].map(String)];
};

interface Frame {
  readonly now: number;
  readonly part: number;
  readonly reserved: number;
  readonly windowMs: number;
}

const viewOf = (reply: readonly number[], { now: at, part, reserved, windowMs }: Frame): SharedView => {
  const [, , , , pausedMs = 0, endsInMs = -1, remaining = -1, answered = 0, open = 0, firstAgesInMs = 0, limit = 1] =
    reply;
  const spendable = Math.max(1, Math.floor((limit - reserved) * part));
  const pausedUntil = at + pausedMs;
  const endsAt = endsInMs < 0 ? null : at + endsInMs;
  /** The earliest time for so many calls. An estimate that may be too early: requests in flight may be in the server's last count already. */
  const earliest = (now: number, calls: number, share: number): number => {
    if (endsAt !== null && now >= endsAt) return now;
    const left = endsAt === null ? windowMs : endsAt - now;
    const own = spendable - answered - open;
    const available = endsAt === null ? own : Math.min(own, remaining - reserved);
    if (available - (share * spendable * left) / windowMs >= calls) return now;
    if (endsAt === null) return open > 0 ? now : now + windowMs;
    if (available >= calls && share > 0)
      return Math.max(now, Math.ceil(endsAt - ((available - calls) * windowMs) / (share * spendable)));
    return endsAt + (Math.ceil((calls - Math.max(0, available)) / spendable) - 1) * windowMs;
  };
  return {
    spendable,
    endsAt,
    limit,
    forecast: (now, calls, share) => Math.max(pausedUntil, earliest(now, calls, share)),
    status: (now) => {
      const windowSeconds = windowMs / 1000;
      const isOver = endsAt !== null && now >= endsAt;
      const own = spendable - answered - open;
      const available = endsAt === null ? own : Math.min(own, remaining - open - reserved);
      const wholeAt = isOver ? null : (endsAt ?? (open > 0 ? at + firstAgesInMs : null));
      if (now < pausedUntil)
        return { limit, windowSeconds, remaining: 0, resetAt: Math.max(wholeAt ?? 0, pausedUntil) };
      return { limit, windowSeconds, remaining: isOver ? spendable : Math.max(0, available), resetAt: wholeAt };
    },
  };
};
