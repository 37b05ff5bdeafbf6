-- Takes one delivery up if it is due.
--
-- KEYS[1]  hash of the delivery
-- KEYS[2]  sorted set: id by when it is due
-- KEYS[3]  sorted set: id of what is pending by when it came to be
-- ARGV[1]  id
-- ARGV[2]  now
-- ARGV[3]  end of the lease
-- Returns  the hash as a list, or an empty list where somebody else was faster
local due = redis.call('ZSCORE', KEYS[2], ARGV[1])
if not due or tonumber(due) > tonumber(ARGV[2]) then
  return {}
end
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('ZREM', KEYS[3], ARGV[1])
  return {}
end
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('HSET', KEYS[1], 'state', 'claimed', 'dueAt', ARGV[3])
redis.call('HINCRBY', KEYS[1], 'claims', 1)
return redis.call('HGETALL', KEYS[1])
