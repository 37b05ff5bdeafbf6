-- Takes one case out of the index of its tenant.
--
-- KEYS[1]  hash of places: case = '<version>|<member>'
-- KEYS[2]  sorted set of all members; further keys are the sorted sets of every status
-- ARGV[1]  case
-- Returns  1 taken out, 0 unknown
local held = redis.call('HGET', KEYS[1], ARGV[1])
if not held then
  return 0
end
local member = string.sub(held, string.find(held, '|', 1, true) + 1)
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], member)
for i = 3, #KEYS do
  redis.call('ZREM', KEYS[i], member)
end
return 1
