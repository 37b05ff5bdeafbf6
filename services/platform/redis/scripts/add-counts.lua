-- Adds to counts, as a whole or not at all.
--
-- KEYS[1]  hash: name -> count
-- KEYS[2]  set of the sources that were counted
-- ARGV[1]  seconds both are kept from now on
-- ARGV[2]  the source
--          then a name and the number to add to it, and so on in pairs
-- Returns  0
for i = 3, #ARGV, 2 do
  redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('SADD', KEYS[2], ARGV[2])
redis.call('EXPIRE', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[2], ARGV[1])
return 0
