-- Moves entries of a shard of the due index on, each if it still stands as it was read.
--
-- KEYS[1]  sorted set of the shard: see mark-due.lua
-- ARGV[1]  time that was read, followed by the next time or '-' for none, and the member; further triples follow
-- Returns  how many were moved or taken out
local settled = 0
for i = 1, #ARGV, 3 do
  local stands = redis.call('ZSCORE', KEYS[1], ARGV[i + 2])
  if stands and tonumber(stands) == tonumber(ARGV[i]) then
    if ARGV[i + 1] == '-' then
      redis.call('ZREM', KEYS[1], ARGV[i + 2])
    else
      redis.call('ZADD', KEYS[1], ARGV[i + 1], ARGV[i + 2])
    end
    settled = settled + 1
  end
end
return settled
