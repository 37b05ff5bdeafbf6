-- Takes one task out of the index of its tenant.
--
-- KEYS[1]  hash of places; see put-task.lua
-- KEYS[2…] every sorted set of the index
-- ARGV[1]  task id
-- Returns  1 removed, 0 unknown
local held = redis.call('HGET', KEYS[1], ARGV[1])
if not held then
  return 0
end
local member = string.match(held, '^%d+|(.*)$')
for i = 2, #KEYS do
  redis.call('ZREM', KEYS[i], member)
end
return redis.call('HDEL', KEYS[1], ARGV[1])
