-- Adds sightings of names, as a whole or not at all. Where there are too many names then, those that were not seen for
-- longest make room.
--
-- KEYS[1]  hash: name -> "<count>|<first seen>|<last seen>"
-- ARGV[1]  seconds it is kept from now on
-- ARGV[2]  most names
--          then per name: itself, count, first seen, last seen
-- Returns  how many names made room
for i = 3, #ARGV, 4 do
  local count, first, last = tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3])
  local known = redis.call('HGET', KEYS[1], ARGV[i])
  if known then
    local before, knownFirst, knownLast = string.match(known, '^(%d+)|(%d+)|(%d+)$')
    count = count + tonumber(before)
    first = math.min(first, tonumber(knownFirst))
    last = math.max(last, tonumber(knownLast))
  end
  redis.call('HSET', KEYS[1], ARGV[i], string.format('%.0f|%.0f|%.0f', count, first, last))
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
local surplus = redis.call('HLEN', KEYS[1]) - tonumber(ARGV[2])
if surplus <= 0 then
  return 0
end
local all = redis.call('HGETALL', KEYS[1])
local seen = {}
for i = 1, #all, 2 do
  seen[#seen + 1] = { all[i], tonumber(string.match(all[i + 1], '|(%d+)$')) }
end
table.sort(seen, function(a, b)
  if a[2] == b[2] then
    return a[1] < b[1]
  end
  return a[2] < b[2]
end)
for i = 1, surplus do
  redis.call('HDEL', KEYS[1], seen[i][1])
end
return surplus
