import { describe, expect, it } from 'vitest';
import { spreadPartitions } from '../../../../services/core/events/spread-partitions.ts';

describe('spreading partitions over members', () => {
  it('gives the same partitions of every topic to one member', () => {
    const topics = new Map([
      ['scores', [0, 1, 2, 3, 4]],
      ['commands', [4, 3, 2, 1, 0]],
    ]);
    for (const { assignment } of spreadPartitions(['a', 'b', 'c'], topics)) {
      expect([...assignment['commands']].sort()).toEqual(assignment['scores']);
    }
  });

  it('gives every partition to exactly one member', () => {
    const spread = spreadPartitions(['a', 'b', 'c'], new Map([['scores', [0, 1, 2, 3, 4, 5, 6]]]));
    expect(spread.flatMap(({ assignment }) => assignment['scores']).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('leaves members beyond the partitions with none', () => {
    const spread = spreadPartitions(['a', 'b', 'c'], new Map([['scores', [0, 1]]]));
    expect(spread[2]).toEqual({ memberId: 'c', assignment: { scores: [] } });
  });
});
