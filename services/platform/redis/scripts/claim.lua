-- First phase of accepting an event: takes its id unless it is taken.
--
-- KEYS[1]  one event id; its value is '<phase>|<owner>|<content hash>', phase c = claimed, d = done
-- ARGV[1]  owner: names one call of one process
-- ARGV[2]  content hash
-- ARGV[3]  milliseconds after which an unconfirmed claim is void
-- Returns  0 claimed, 1 duplicate, 2 conflict, 3 pending
local held = redis.call('GET', KEYS[1])
if not held then
  redis.call('SET', KEYS[1], 'c|' .. ARGV[1] .. '|' .. ARGV[2], 'PX', ARGV[3])
  return 0
end
local phase, owner, content = string.match(held, '^(%a)|([^|]*)|(.*)$')
if content ~= ARGV[2] then
  return 2
end
if phase == 'd' or owner == ARGV[1] then
  return 1
end
return 3
