-- First phase of accepting events: takes each id unless it is taken.
--
-- KEYS[1]  the first event id, further ones follow as further keys; the value of each is
--          '<phase>|<owner>|<content hash>', phase c = claimed, d = done
-- ARGV[1]  owner: names one call of one process
-- ARGV[2]  milliseconds after which an unconfirmed claim is void
-- ARGV[3]  content hashes in the order of the keys, separated by spaces
-- Returns  per key: 0 claimed, 1 duplicate, 2 conflict, 3 pending
local function weigh(held, content)
  local phase, owner, first = string.match(held, '^(%a)|([^|]*)|(.*)$')
  if first ~= content then
    return 2
  end
  if phase == 'd' or owner == ARGV[1] then
    return 1
  end
  return 3
end

local results = {}
for content in string.gmatch(ARGV[3], '%S+') do
  local i = #results + 1
  -- Nearly every id is new: taking it at once saves asking first.
  if redis.call('SET', KEYS[i], 'c|' .. ARGV[1] .. '|' .. content, 'NX', 'PX', ARGV[2]) then
    results[i] = 0
  else
    results[i] = weigh(redis.call('GET', KEYS[i]), content)
  end
end
return results
