-- Writes the states of customers, each if its stored version is the expected one.
--
-- KEYS[1]  hash of the first customer: v = version, s = packed state; further customers follow as further keys
-- ARGV[1]  per customer, in the order of the keys: expected version ('0' means that nothing is stored), new version,
--          number of bytes of its packed state; all separated by spaces
-- ARGV[2]  the packed states, one directly after the other
-- Returns  per customer: 1 written, 0 another version is stored
local results = {}
local at = 1
for expected, version, bytes in string.gmatch(ARGV[1], '(%d+) (%d+) (%d+)') do
  local i = #results + 1
  local state = string.sub(ARGV[2], at, at + bytes - 1)
  at = at + bytes
  if (redis.call('HGET', KEYS[i], 'v') or '0') == expected then
    redis.call('HSET', KEYS[i], 'v', version, 's', state)
    results[i] = 1
  else
    results[i] = 0
  end
end
return results
