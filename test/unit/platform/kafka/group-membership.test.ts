import { beforeEach, describe, expect, it } from 'vitest';
import { GroupMembership } from '../../../../services/platform/kafka/group-membership.ts';

const drainMs = 1_000;

describe('the place in a consumer group', () => {
  let membership: GroupMembership;

  beforeEach(() => {
    membership = new GroupMembership(drainMs);
    membership.joined({ events: [0, 3] });
  });

  it('knows what it owns', () => {
    expect(membership.owns('events', 3)).toBe(true);
    expect(membership.owns('events', 1)).toBe(false);
    expect(membership.owns('scores', 0)).toBe(false);
  });

  it('ends a generation with each join, even to the same partitions', () => {
    const { generation } = membership;
    expect(membership.isCurrent(generation, 0)).toBe(true);
    membership.joined({ events: [0, 3] });
    expect(membership.isCurrent(generation, 0)).toBe(false);
    expect(membership.isCurrent(membership.generation, 0)).toBe(true);
  });

  it('owns nothing after it left', () => {
    const { generation } = membership;
    membership.left();
    expect(membership.owns('events', 0)).toBe(false);
    expect(membership.isCurrent(generation, 0)).toBe(false);
  });

  it('lets work finish for a while after a rebalance was announced', () => {
    const { generation } = membership;
    const cause = new Error('rebalance');
    membership.rebalanceAnnounced(cause, 5_000);
    membership.rebalanceAnnounced(new Error('again'), 5_900);
    expect(membership.rejoinCause).toBe(cause);
    expect(membership.isCurrent(generation, 5_000 + drainMs)).toBe(true);
    expect(membership.isCurrent(generation, 5_001 + drainMs)).toBe(false);
  });

  it('ends at once when the coordinator does not know it any more', () => {
    const { generation } = membership;
    membership.rebalanceAnnounced(new Error('rebalance'), 0);
    const cause = new Error('unknown member');
    membership.evicted(cause);
    expect(membership.isCurrent(generation, 0)).toBe(false);
    expect(membership.rejoinCause).toBe(cause);
  });

  it('begins anew with the next join', () => {
    membership.evicted(new Error('unknown member'));
    membership.joined({ events: [1] });
    expect(membership.rejoinCause).toBeNull();
    expect(membership.isCurrent(membership.generation, 1e15)).toBe(true);
  });
});
