import { describe, expect, it } from 'vitest';
import { ConsumerPulse } from '../../../../services/platform/kafka/consumer-pulse.ts';

describe('the pulse of a consumer', () => {
  it('is unknown before the first join', () => {
    const pulse = new ConsumerPulse();
    pulse.tick(1);
    expect(pulse.ages(5)).toBeNull();
  });

  it('counts from the last heartbeat and from the last turn of the loop apart', () => {
    const pulse = new ConsumerPulse();
    pulse.heartbeat(1_000);
    pulse.tick(4_000);
    expect(pulse.ages(9_000)).toEqual({ heartbeatAgeMs: 8_000, loopAgeMs: 5_000 });
  });

  it('takes the join for the first turn', () => {
    const pulse = new ConsumerPulse();
    pulse.heartbeat(1_000);
    expect(pulse.ages(3_000)).toEqual({ heartbeatAgeMs: 2_000, loopAgeMs: 2_000 });
  });
});
