-- Puts one task into the index of its tenant: under its status and under no other, and into the lists that it belongs to.
--
-- KEYS[1]  hash of places: task id = '<version>|<member>'
-- KEYS[2]  sorted set of all ranks: every list by priority and every queue (all scores 0, ordered by the member's text)
-- KEYS[3]  hash of ranks: task id = the task's members of the set before, separated by spaces
-- KEYS[4]  sorted set of all members (all scores 0, so ordered by the member's text)
-- KEYS[5]  sorted set of the task's status; further keys are the sorted sets of the other statuses
-- ARGV[1]  task id
-- ARGV[2]  version of the task
-- ARGV[3]  member
-- ARGV[4]  members of the set of ranks, separated by spaces
-- Returns  1 put, 0 a newer version stands there
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held and tonumber(string.match(held, '^(%d+)|')) > tonumber(ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. '|' .. ARGV[3])
redis.call('ZADD', KEYS[4], 0, ARGV[3])
redis.call('ZADD', KEYS[5], 0, ARGV[3])
for i = 6, #KEYS do
  redis.call('ZREM', KEYS[i], ARGV[3])
end
for rank in string.gmatch(redis.call('HGET', KEYS[3], ARGV[1]) or '', '%S+') do
  redis.call('ZREM', KEYS[2], rank)
end
for rank in string.gmatch(ARGV[4], '%S+') do
  redis.call('ZADD', KEYS[2], 0, rank)
end
redis.call('HSET', KEYS[3], ARGV[1], ARGV[4])
return 1
