-- Writes a customer's state if the stored version is the expected one.
--
-- KEYS[1]  hash of one customer: v = version, s = packed state
-- ARGV[1]  expected version; '0' means that nothing is stored
-- ARGV[2]  new version
-- ARGV[3]  packed state
-- Returns  1 written, 0 another version is stored
local stored = redis.call('HGET', KEYS[1], 'v') or '0'
if stored ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'v', ARGV[2], 's', ARGV[3])
return 1
