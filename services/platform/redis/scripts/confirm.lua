-- Second phase of accepting an event: it is in the log, so its id is taken whoever holds the claim by now.
-- The first confirmed content stands, and its time is not prolonged.
--
-- KEYS[1]  one event id; see claim.lua
-- ARGV[1]  content hash
-- ARGV[2]  milliseconds for which later events with this id are duplicates
-- Returns  1 confirmed now, 0 confirmed before
local held = redis.call('GET', KEYS[1])
if held and string.sub(held, 1, 1) == 'd' then
  return 0
end
redis.call('SET', KEYS[1], 'd||' .. ARGV[1], 'PX', ARGV[2])
return 1
