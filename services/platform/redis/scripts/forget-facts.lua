-- Forgets all that was counted of one partition, unless somebody goes on counting.
--
-- KEYS[1]  hash of the partition, see count-facts.lua; its other keys follow as further keys
-- ARGV[1]  log of the mark that is expected
-- ARGV[2]  its offset; empty where no mark is expected
-- Returns  1 forgotten, 0 the mark is another: nothing is changed
local held = redis.call('HMGET', KEYS[1], 'l', 'n')
if (held[2] or '') ~= ARGV[2] or (held[2] and held[1] ~= ARGV[1]) then
  return 0
end
for i = 1, #KEYS do
  redis.call('UNLINK', KEYS[i])
end
return 1
