import { DEFAULT_RESERVE, type Outcome, type RateLimit } from '#sources/transport/budget/allowance.ts';
import { readWindowHeaders } from '#sources/transport/budget/rate-limit-headers.ts';
import { scriptOf } from './redis-link.ts';
import type { SharedRule, SharedView } from './shared-rule.ts';

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

/**
 * The same rules as `FixedWindow`, as a Lua script for Redis. State is a hash with the current window, as the headers of upstream
 * answers describe it, and a sorted set of open requests: those granted of which it is not known yet in which window the upstream
 * counted them. An open request of a process that died stays in the set until every window that it may belong to has ended.
 */
const WINDOW_SCRIPT = scriptOf(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local state, open = KEYS[1], KEYS[2]
local command, limit, reserved, windowMs, part = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local MARGIN = 250
local SAME_WINDOW_SECONDS = 2
local IN_FLIGHT_RETRY_MS = 250
local life = windowMs + 4 * MARGIN

local function read(name) return tonumber(redis.call('HGET', state, name) or nil) end
local function write(name, value) redis.call('HSET', state, name, tostring(value)) end

if not read('born') then write('born', now) end
if not read('settlingUntil') or command == 'rejoin' then write('settlingUntil', now + life) end
redis.call('ZREMRANGEBYSCORE', open, '-inf', now - life)

if command == 'settle' then
  if ARGV[7] ~= 'unknown' then redis.call('ZREM', open, ARGV[6]) end
  if ARGV[7] == 'answered' then
    local serverLimit, remaining, reset = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
    local endsAt = now - tonumber(ARGV[12]) + math.min(tonumber(ARGV[11]), windowMs) + MARGIN
    local known = read('reset')
    write('serverLimit', math.max(1, serverLimit))
    if not known or reset > known + SAME_WINDOW_SECONDS then
      redis.call('HSET', state, 'reset', reset, 'endsAt', tostring(endsAt), 'answered', 1, 'remaining', remaining)
    elseif reset >= known - SAME_WINDOW_SECONDS then
      write('endsAt', math.min(read('endsAt'), endsAt))
      redis.call('HINCRBY', state, 'answered', 1)
      write('remaining', math.min(read('remaining'), remaining))
    end
  end
elseif command == 'pause' then
  write('pausedUntil', math.max(read('pausedUntil') or 0, now + tonumber(ARGV[6])))
  if read('reset') then write('remaining', 0) end
end

local endsAt = read('endsAt')
if endsAt and now >= endsAt then
  redis.call('HDEL', state, 'reset', 'endsAt', 'answered', 'remaining')
  endsAt = nil
end
limit = math.min(limit, read('serverLimit') or limit)
local spendable = math.max(1, math.floor((limit - reserved) * part))
local answered, remaining = read('answered') or 0, read('remaining')
local opened = redis.call('ZCARD', open)
local pausedMs = math.max(0, (read('pausedUntil') or 0) - now)
local granted, wait = 0, 0

if command == 'take' then
  local share = tonumber(ARGV[7])
  local available = spendable - answered - opened
  if endsAt then available = math.min(available, remaining - opened - reserved) end
  local left = endsAt and endsAt - now or windowMs
  local floor = share * spendable * left / windowMs
  if pausedMs > 0 then
    wait = pausedMs
  elseif available - floor >= 1 then
    granted = 1
    redis.call('ZADD', open, now, ARGV[6])
    opened = opened + 1
  elseif endsAt then
    wait = endsAt - now
    if available >= 1 and share > 0 then
      wait = math.max(1, math.ceil(wait - (available - 1) * windowMs / (share * spendable)))
    end
    if opened > 0 then wait = math.min(wait, IN_FLIGHT_RETRY_MS) end
  else
    wait = opened > 0 and IN_FLIGHT_RETRY_MS or windowMs
  end
end

redis.call('PEXPIRE', state, 86400000)
redis.call('PEXPIRE', open, 2 * life)
local oldest = redis.call('ZRANGE', open, 0, 0, 'WITHSCORES')
local first = oldest[2] and tonumber(oldest[2]) + life - now or 0
return { granted, math.ceil(wait), math.max(0, read('settlingUntil') - now), read('born'), pausedMs,
  endsAt and math.ceil(endsAt - now) or -1, remaining or -1, answered, opened, math.ceil(first), limit }
`);
