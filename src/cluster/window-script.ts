import { scriptOf } from './redis-link.ts';

/**
 * The same rules as `FixedWindow`, as a Lua script for Redis. State is a hash with the current window, as the headers of upstream
 * answers describe it, and a sorted set of open requests: those granted of which it is not known yet in which window the upstream
 * counted them. An open request of a process that died stays in the set until every window that it may belong to has ended.
 */
export const WINDOW_SCRIPT = scriptOf(`
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
