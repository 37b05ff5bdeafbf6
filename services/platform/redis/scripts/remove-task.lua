-- Takes one task out of the index of its tenant.
--
-- KEYS[1]  hash of places; see put-task.lua
-- KEYS[2]  sorted set of ranks
-- KEYS[3]  hash of ranks; further keys are every sorted set of members
-- ARGV[1]  task id
-- Returns  1 removed, 0 unknown
local held = redis.call('HGET', KEYS[1], ARGV[1])
if not held then
  return 0
end
local member = string.match(held, '^%d+|(.*)$')
for i = 4, #KEYS do
  redis.call('ZREM', KEYS[i], member)
end
for rank in string.gmatch(redis.call('HGET', KEYS[3], ARGV[1]) or '', '%S+') do
  redis.call('ZREM', KEYS[2], rank)
end
redis.call('HDEL', KEYS[3], ARGV[1])
return redis.call('HDEL', KEYS[1], ARGV[1])
