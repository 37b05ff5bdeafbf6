-- Generic cell rate algorithm with debt: one number per sender, the time at which it has paid for all it took.
--
-- KEYS[1]  the sender
-- ARGV[1]  units to take
-- ARGV[2]  microseconds per unit
-- ARGV[3]  microseconds that may be taken in advance (the burst)
-- Returns  0 taken, else microseconds to wait; nothing was taken then
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local paid = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
local wait = paid - now - tonumber(ARGV[3])
if wait >= 0 and paid > now then
  return math.max(1, math.ceil(wait))
end
paid = paid + tonumber(ARGV[1]) * tonumber(ARGV[2])
redis.call('SET', KEYS[1], string.format('%.0f', paid), 'PX', math.ceil((paid - now) / 1000) + 1)
return 0
