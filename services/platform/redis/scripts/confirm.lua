-- Second phase of accepting events: they are in the log, so each id is taken whoever holds the claim by now.
-- The first confirmed content stands, and its time is not prolonged.
--
-- KEYS[1]  the first event id, further ones follow as further keys; see claim.lua
-- ARGV[1]  milliseconds for which later events with these ids are duplicates
-- ARGV[2]  content hashes in the order of the keys, separated by spaces
-- Returns  per key: 1 confirmed now, 0 confirmed before
local results = {}
for content in string.gmatch(ARGV[2], '%S+') do
  local i = #results + 1
  local held = redis.call('GET', KEYS[i])
  if held and string.sub(held, 1, 1) == 'd' then
    results[i] = 0
  else
    redis.call('SET', KEYS[i], 'd||' .. content, 'PX', ARGV[1])
    results[i] = 1
  end
end
return results
