import { scriptOf } from './redis-link.ts';

/** The same rules as `TokenBucket`, as a Lua script for Redis. */
export const BUCKET_SCRIPT = scriptOf(`
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
