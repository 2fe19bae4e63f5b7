-- For wrk: asks one document with one line of variables after the other, and prints what came as one line of JSON.
-- Arguments: the file of variables, how many lines to skip, the document as JSON text, then names and values of headers.

local bodies = {}
local at = 0
local prefix = ''
local headers = { ['content-type'] = 'application/json' }

function init(args)
  prefix = '{"query":' .. args[3] .. ',"variables":'
  for i = 4, #args, 2 do headers[args[i]] = args[i + 1] end
  for line in io.lines(args[1]) do bodies[#bodies + 1] = line end
  at = tonumber(args[2])
end

function request()
  at = at + 1
  return wrk.format('POST', '/graphql', headers, prefix .. bodies[(at - 1) % #bodies + 1] .. '}')
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    'MEASURED {"answers":%d,"seconds":%f,"p50Ms":%f,"p99Ms":%f,"failed":%d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
