-- Gives ids back after a failed produce; of each, only the call that claimed it may do so.
--
-- KEYS[1]  the first event id, further ones follow as further keys; see claim.lua
-- ARGV[1]  owners, as they were claimed, in the order of the keys, separated by spaces
-- Returns  per key: 1 released, 0 not held by this owner (any more)
local results = {}
for owner in string.gmatch(ARGV[1], '%S+') do
  local i = #results + 1
  local held = redis.call('GET', KEYS[i])
  if held and string.sub(held, 1, 3 + #owner) == 'c|' .. owner .. '|' then
    results[i] = redis.call('DEL', KEYS[i])
  else
    results[i] = 0
  end
end
return results
