-- Makes members of a shard of the due index due at a time at the latest.
--
-- KEYS[1]  sorted set of the shard: member = customer, score = when due (epoch milliseconds)
--          A mark must be seen by whoever has read the entry: an earlier time that stands moves forward by a millisecond.
-- ARGV[1]  time, followed by the member; further pairs follow
-- Returns  how many members were marked
for i = 1, #ARGV, 2 do
  local due = tonumber(ARGV[i])
  local stands = redis.call('ZSCORE', KEYS[1], ARGV[i + 1])
  if stands and tonumber(stands) - 1 < due then
    due = tonumber(stands) - 1
  end
  redis.call('ZADD', KEYS[1], string.format('%.0f', due), ARGV[i + 1])
end
return #ARGV / 2
