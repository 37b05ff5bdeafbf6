import { describe, expect, it } from 'vitest';
import { knownLag } from '../../../../scripts/start/screen/known-lag.ts';

const partitions = (...lags: (number | null)[]) => lags.map((lag) => ({ lag }));

describe('the lag on the screen', () => {
  it.each([
    ['the sum over the partitions', true, partitions(0, 3, 4), 7],
    ['0 where a ready service has nothing left', true, partitions(0, 0), 0],
    ['what is left although the service stands still', false, partitions(0, 5), 5],
    ['unknown where one partition cannot tell', true, partitions(3, null), null],
    ['unknown where the service has no partitions', false, [], null],
    ['unknown where no partition was given to a ready service', true, [], null],
    ['unknown where a service that is not ready says 0', false, partitions(0, 0), null],
  ])('is %s', (_case, ready, each, lag) => {
    expect(knownLag({ ready, partitions: each })).toBe(lag);
  });
});
