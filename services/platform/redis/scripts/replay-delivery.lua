-- Queues a dead delivery again.
--
-- KEYS[1]  hash of the delivery
-- KEYS[2]  sorted set: id by when it is due
-- KEYS[3]  sorted set: id of what is pending by when it came to be
-- KEYS[4]  sorted set: id of what is dead by when it died
-- ARGV[1]  id
-- ARGV[2]  now
-- ARGV[3]  milliseconds that it stays known
-- Returns  1 queued, 0 it is not dead
if redis.call('HGET', KEYS[1], 'state') ~= 'dead' then
  return 0
end
redis.call('HSET', KEYS[1], 'state', 'pending', 'attempts', 0, 'dueAt', ARGV[2], 'replayedAt', ARGV[2])
redis.call('HDEL', KEYS[1], 'settledAt')
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
