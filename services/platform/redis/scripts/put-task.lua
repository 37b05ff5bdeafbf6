-- Puts one task into the index of its tenant: under its status and under no other.
--
-- KEYS[1]  hash of places: task id = '<version>|<member>'
-- KEYS[2]  sorted set of all members (all scores 0, so ordered by the member's text)
-- KEYS[3]  sorted set of the task's status
-- KEYS[4…] sorted sets of the other statuses
-- ARGV[1]  task id
-- ARGV[2]  version of the task
-- ARGV[3]  member
-- Returns  1 put, 0 a newer version stands there
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held and tonumber(string.match(held, '^(%d+)|')) > tonumber(ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. '|' .. ARGV[3])
redis.call('ZADD', KEYS[2], 0, ARGV[3])
redis.call('ZADD', KEYS[3], 0, ARGV[3])
for i = 4, #KEYS do
  redis.call('ZREM', KEYS[i], ARGV[3])
end
return 1
