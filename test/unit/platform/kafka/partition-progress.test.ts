import { describe, expect, it } from 'vitest';
import { PartitionProgress } from '../../../../services/platform/kafka/partition-progress.ts';

describe('the progress of a partition', () => {
  it('grows older while there is work and none gets done', () => {
    const progress = new PartitionProgress('events', 4, 1_000);
    progress.moveTo(10);
    progress.observed(25, 2_000);
    expect(progress.health(41_000)).toEqual({
      topic: 'events',
      partition: 4,
      offset: 10,
      lag: 15,
      ageMs: 40_000,
      catchUpSeconds: null,
    });
  });

  it('is as young as its last finished chunk', () => {
    const progress = new PartitionProgress('events', 4, 0);
    progress.moveTo(10);
    progress.observed(25, 0);
    progress.finished(10, 14, 9_000);
    expect(progress.health(9_500)).toMatchObject({ offset: 14, lag: 11, ageMs: 500 });
  });

  it('stays young while the broker keeps saying that nothing is left', () => {
    const progress = new PartitionProgress('events', 0, 0);
    progress.moveTo(7);
    progress.observed(7, 60_000);
    expect(progress.health(61_000)).toMatchObject({ lag: 0, ageMs: 1_000 });
  });

  it('grows older when nobody says anything any more', () => {
    const progress = new PartitionProgress('events', 0, 0);
    progress.moveTo(7);
    progress.observed(7, 1_000);
    expect(progress.health(91_000).ageMs).toBe(90_000);
  });

  it('does not take silence for progress before its position is known', () => {
    const progress = new PartitionProgress('events', 0, 0);
    progress.observed(500, 5_000);
    expect(progress.position).toBeNull();
    expect(progress.health(6_000)).toMatchObject({ lag: null, ageMs: 6_000 });
  });

  it('says that nothing is left only while that was heard lately', () => {
    const progress = new PartitionProgress('events', 0, 0);
    progress.moveTo(7);
    expect(progress.health(0).lag).toBeNull();
    progress.observed(7, 1_000);
    expect(progress.health(16_000).lag).toBe(0);
    expect(progress.health(16_001).lag).toBeNull();
    progress.observed(9, 20_000);
    expect(progress.health(90_000).lag).toBe(2);
  });

  it('learns its position from the first chunk where the committed offset could not be had', () => {
    const progress = new PartitionProgress('events', 0, 0);
    progress.finished(100, 120, 10);
    expect(progress.position).toBe(120);
  });

  it('follows the log over offsets that compaction left out', () => {
    const progress = new PartitionProgress('events', 0, 0);
    progress.moveTo(5);
    progress.finished(9, 12, 10);
    expect(progress.position).toBe(12);
  });

  it('says how long it will take to catch up, and forgets its pace after a jump', () => {
    const progress = new PartitionProgress('events', 0, 0);
    progress.moveTo(0);
    progress.observed(1_000, 0);
    progress.finished(0, 200, 10_000);
    expect(progress.health(10_000)).toMatchObject({ lag: 800, catchUpSeconds: 40 });
    progress.moveTo(100);
    expect(progress.health(10_000)).toMatchObject({ lag: 900, catchUpSeconds: null });
  });

  it('goes back when a handler seeks', () => {
    const progress = new PartitionProgress('events', 0, 0);
    progress.finished(0, 50, 10);
    progress.observed(60, 10);
    progress.moveTo(20);
    expect(progress.health(10)).toMatchObject({ offset: 20, lag: 40 });
  });

  it('tells of a chunk under way whether its log was left for another one meanwhile', () => {
    const progress = new PartitionProgress('events', 0, 0);
    progress.isOfLog('old', 0);
    progress.finished(0, 50, 10);
    expect(progress.hasLeft('old')).toBe(false);
    expect(progress.isOfLog('new', 0)).toBe(true);
    expect([progress.hasLeft('old'), progress.hasLeft('new'), progress.hasLeft(null)]).toEqual([true, false, false]);
    expect(progress.position).toBe(0);
  });
});
