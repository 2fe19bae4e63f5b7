import { DEFAULT_RESERVE, type RateLimit } from '#sources/transport/budget/allowance.ts';
import { scriptOf } from './redis-link.ts';
import type { SharedRule, SharedView } from './shared-rule.ts';

type Bucket = Extract<RateLimit, { kind: 'tokenBucket' }>;

/** How many seconds' worth of tokens are not used: requests that leave at equal intervals may arrive close together. */
const JITTER_SECONDS = 1;

/** A token bucket that is counted in Redis. */
export const bucketRule = (rate: Bucket, reserve = DEFAULT_RESERVE): SharedRule => {
  const ours = 1 - reserve;
  const fillMs = (rate.burst / rate.perSecond) * 1000;
  const spendable = (part: number) =>
    Math.max(1, Math.floor((rate.burst * ours - rate.perSecond * JITTER_SECONDS) * part));
  const perMs = (part: number) => (rate.perSecond * ours * part) / 1000;
  const read = (reply: readonly number[], at: number, part: number): SharedView =>
    viewOf(reply, { rate, at, spendable: spendable(part), perMs: perMs(part) });
  return {
    script: BUCKET_SCRIPT,
    namesRequests: false,
    settings: (part) => [String(perMs(part)), String(spendable(part)), String(fillMs)],
    settlement: (outcome) => (outcome.kind === 'uncounted' ? ['uncounted'] : null),
    read,
    unread: read([0, 0, 0, 0, 0, spendable(1) * 1000], 0, 1),
    divided: (parts) => ({
      rate: { kind: 'tokenBucket', perSecond: rate.perSecond / parts, burst: rate.burst / parts },
      reserve,
    }),
    // A bucket is simply started empty, which a pause does, so no time needs to pass without requests.
    lostUntil: (_, now) => now,
    quietUntil: (_, aloneSince) => aloneSince,
  };
};

interface Frame {
  readonly rate: Bucket;
  readonly at: number;
  readonly spendable: number;
  readonly perMs: number;
}

const viewOf = (reply: readonly number[], { rate, at, spendable, perMs }: Frame): SharedView => {
  const [, , , , pausedMs = 0, thousandths = 0] = reply;
  const tokensAt = (now: number) => Math.min(spendable, thousandths / 1000 + Math.max(0, now - at) * perMs);
  const untilFilled = (now: number, wanted: number) => Math.max(0, Math.ceil((wanted - tokensAt(now)) / perMs));
  return {
    spendable,
    endsAt: null,
    limit: rate.burst,
    forecast: (now, calls, share) =>
      Math.max(at + pausedMs, now + untilFilled(now, calls + Math.min(share * spendable, spendable - 1))),
    status: (now) => {
      const tokens = tokensAt(now);
      const pausedUntil = at + pausedMs;
      const isPaused = now < pausedUntil;
      const fullAt = spendable - tokens < 1 ? null : now + untilFilled(now, spendable);
      return {
        limit: rate.burst,
        windowSeconds: rate.burst / rate.perSecond,
        remaining: isPaused ? 0 : Math.max(0, Math.floor(tokens)),
        resetAt: isPaused ? Math.max(fullAt ?? 0, pausedUntil) : fullAt,
      };
    },
  };
};

/** The same rules as `TokenBucket`, as a Lua script for Redis. */
const BUCKET_SCRIPT = scriptOf(`
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local state = KEYS[1]
local command, perMs, spendable, fillMs = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local ROUNDING = 1e-6

local function read(name) return tonumber(redis.call('HGET', state, name) or nil) end
local function write(name, value) redis.call('HSET', state, name, string.format('%.6f', value)) end

if not read('born') then write('born', math.floor(now)) end
if not read('settlingUntil') or command == 'rejoin' then write('settlingUntil', now + fillMs) end
local tokens = math.min(spendable, (read('tokens') or spendable) + math.max(0, now - (read('at') or now)) * perMs)
local pausedMs = math.max(0, (read('pausedUntil') or 0) - now)
local granted, wait = 0, 0

if command == 'settle' then
  if ARGV[6] == 'uncounted' then tokens = math.min(spendable, tokens + 1) end
elseif command == 'pause' then
  pausedMs = math.max(pausedMs, tonumber(ARGV[5]))
  write('pausedUntil', now + pausedMs)
  tokens = 0
elseif command == 'take' then
  local wanted = 1 + math.min(tonumber(ARGV[6]) * spendable, spendable - 1)
  if pausedMs > 0 then
    wait = pausedMs
  elseif tokens + ROUNDING >= wanted then
    granted = 1
    tokens = tokens - 1
  else
    wait = math.max(1, (wanted - ROUNDING - tokens) / perMs)
  end
end

write('tokens', tokens)
write('at', now)
redis.call('PEXPIRE', state, 86400000)
return { granted, math.ceil(wait), math.ceil(math.max(0, read('settlingUntil') - now)), math.floor(read('born')),
  math.ceil(pausedMs), math.floor(tokens * 1000) }
`);
