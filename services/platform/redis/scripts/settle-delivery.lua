-- Notes what became of a claimed delivery.
--
-- KEYS[1]  hash of the delivery
-- KEYS[2]  sorted set: id by when it is due
-- KEYS[3]  sorted set: id of what is pending by when it came to be
-- KEYS[4]  sorted set: id of what is dead by when it died
-- ARGV[1]  id
-- ARGV[2]  sent | failed | waiting | dead
-- ARGV[3]  count of claims of the caller
-- ARGV[4]  when: of the end, or of the next attempt
-- ARGV[5]  reason
-- ARGV[6]  milliseconds that an end stays known
-- Returns  1 noted, 0 it has ended already, or somebody else has it
local state = redis.call('HGET', KEYS[1], 'state')
if not state or state == 'sent' then
  return 0
end
if ARGV[2] == 'sent' then
  redis.call('HSET', KEYS[1], 'state', 'sent', 'settledAt', ARGV[4])
  redis.call('HDEL', KEYS[1], 'payload', 'reason')
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('ZREM', KEYS[3], ARGV[1])
  redis.call('ZREM', KEYS[4], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
  return 1
end
if state ~= 'claimed' or redis.call('HGET', KEYS[1], 'claims') ~= ARGV[3] then
  return 0
end
if ARGV[2] == 'dead' then
  redis.call('HSET', KEYS[1], 'state', 'dead', 'settledAt', ARGV[4], 'reason', ARGV[5])
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('ZREM', KEYS[3], ARGV[1])
  redis.call('ZADD', KEYS[4], ARGV[4], ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', '(' .. string.format('%.0f', tonumber(ARGV[4]) - tonumber(ARGV[6])))
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
  return 1
end
redis.call('HSET', KEYS[1], 'state', 'pending', 'dueAt', ARGV[4], 'reason', ARGV[5])
if ARGV[2] == 'failed' then
  redis.call('HINCRBY', KEYS[1], 'attempts', 1)
end
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
return 1
