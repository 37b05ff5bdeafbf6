-- Puts one case into the index of its tenant: at one place, under its status and under no other.
--
-- KEYS[1]  hash of places: '<surrogate>:<case id>' = '<version>|<member>'
-- KEYS[2]  sorted set of all members (all scores 0, so ordered by the member's text)
-- KEYS[3]  sorted set of the case's status
-- KEYS[4…] sorted sets of the other statuses
-- ARGV[1]  '<surrogate>:<case id>'
-- ARGV[2]  version of the case
-- ARGV[3]  member; it moves as the priority does
-- Returns  1 put, 0 a newer version stands there
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held then
  local version, member = string.match(held, '^(%d+)|(.*)$')
  if tonumber(version) > tonumber(ARGV[2]) then
    return 0
  end
  for i = 2, #KEYS do
    redis.call('ZREM', KEYS[i], member)
  end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. '|' .. ARGV[3])
redis.call('ZADD', KEYS[2], 0, ARGV[3])
redis.call('ZADD', KEYS[3], 0, ARGV[3])
return 1
