-- Queues one delivery unless it is known.
--
-- KEYS[1]  hash of the delivery
-- KEYS[2]  sorted set: id by when it is due
-- KEYS[3]  sorted set: id of what is pending by when it came to be
-- ARGV[1]  id
-- ARGV[2]  due at
-- ARGV[3]  created at
-- ARGV[4]  milliseconds that it stays known
-- ARGV[5]  subject
-- ARGV[6]  payload
-- Returns  1 queued, 0 known
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
redis.call('HSET', KEYS[1], 'state', 'pending', 'createdAt', ARGV[3], 'dueAt', ARGV[2], 'subject', ARGV[5], 'payload', ARGV[6])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[1])
return 1
