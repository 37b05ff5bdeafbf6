-- Gives an id back after a failed produce; only the call that claimed it may do so.
--
-- KEYS[1]  one event id; see claim.lua
-- ARGV[1]  owner, as it was claimed
-- Returns  1 released, 0 not held by this owner (any more)
local held = redis.call('GET', KEYS[1])
if held and string.sub(held, 1, 3 + #ARGV[1]) == 'c|' .. ARGV[1] .. '|' then
  return redis.call('DEL', KEYS[1])
end
return 0
