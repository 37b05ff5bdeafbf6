-- Counts a chunk of facts of one partition, as a whole or not at all.
--
-- KEYS[1]  hash of the partition: l = id of its log, empty where unknown; n = first offset that is not counted
-- KEYS[2]  hash: customer -> ledger
-- KEYS[3]  set of the names of the hashes of cells
-- KEYS[4]  set of '<tenant>:<month>'
--          then the hashes of cells that change: [value of the dimension|]cell -> whole number
-- ARGV[1]  log of the mark that is expected
-- ARGV[2]  its offset; empty where no mark is expected
-- ARGV[3]  log of the new mark
-- ARGV[4]  its offset
-- ARGV[5]  numbers of: ledgers to write, ledgers to forget, months, then of the changes of each hash of cells;
--          separated by spaces
--          then customer and ledger of each to write, customer of each to forget, months, and per hash of cells its name
--          and the field and amount of each change
-- Returns  1 counted, 0 the mark is another: nothing is changed
local held = redis.call('HMGET', KEYS[1], 'l', 'n')
if (held[2] or '') ~= ARGV[2] or (held[2] and held[1] ~= ARGV[1]) then
  return 0
end
redis.call('HSET', KEYS[1], 'l', ARGV[3], 'n', ARGV[4])
local counts = {}
for count in string.gmatch(ARGV[5], '%d+') do
  counts[#counts + 1] = tonumber(count)
end
local at = 6
for _ = 1, counts[1] do
  redis.call('HSET', KEYS[2], ARGV[at], ARGV[at + 1])
  at = at + 2
end
for _ = 1, counts[2] do
  redis.call('HDEL', KEYS[2], ARGV[at])
  at = at + 1
end
for _ = 1, counts[3] do
  redis.call('SADD', KEYS[4], ARGV[at])
  at = at + 1
end
for i = 5, #KEYS do
  redis.call('SADD', KEYS[3], ARGV[at])
  at = at + 1
  for _ = 1, counts[i - 1] do
    -- A cell that would outgrow 64 bits stays as it was: an error here would leave half of the chunk counted.
    -- A cell that is back at 0 is as one that never was.
    if redis.pcall('HINCRBY', KEYS[i], ARGV[at], ARGV[at + 1]) == 0 then
      redis.call('HDEL', KEYS[i], ARGV[at])
    end
    at = at + 2
  end
end
return 1
