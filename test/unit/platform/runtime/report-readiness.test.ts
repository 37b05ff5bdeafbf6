import { describe, expect, it } from 'vitest';
import { reportReadiness, type ReadinessSigns } from '../../../../services/platform/runtime/report-readiness.ts';

const partition = (lag: number | null, ageMs: number) => ({
  topic: 'scores',
  partition: 4,
  offset: 10,
  lag,
  ageMs,
  catchUpSeconds: null,
});

const alive = { heartbeatAgeMs: 3_000, loopAgeMs: 250 };

function report(signs: Partial<ReadinessSigns>) {
  return reportReadiness({ partitions: [], problems: [], isStoreConnected: true, pulse: alive, ...signs });
}

describe('a consuming service is ready', () => {
  it.each([
    ['without partitions', []],
    ['at the end of its partitions', [partition(0, 5_000)]],
    ['while it works off a lag', [partition(5_000, 1_000)]],
  ])('%s', (_, partitions) => {
    expect(report({ partitions })).toEqual({ ready: true, reasons: [], partitions });
  });
});

describe('a consuming service is not ready', () => {
  it('when a partition with a lag does not advance', () => {
    const { ready, reasons } = report({ partitions: [partition(7, 25_000)] });
    expect(ready).toBe(false);
    expect(reasons).toEqual([expect.stringMatching(/partition 4 .* 25 s.* 7 records/)]);
  });

  it('when nobody tells any more where an idle partition ends', () => {
    const { ready, reasons } = report({ partitions: [partition(0, 25_000)] });
    expect(ready).toBe(false);
    expect(reasons).toEqual(['partition 4 has not told its end for 25 s']);
  });

  it('while it cannot know how much is left to do', () => {
    const { ready, reasons } = report({ partitions: [partition(null, 100)] });
    expect(ready).toBe(false);
    expect(reasons).toEqual(['partition 4 has not told how much is left to do']);
    expect(report({ partitions: [partition(null, 25_000)] }).reasons).toEqual([
      'partition 4 has not told its end for 25 s',
    ]);
  });

  it('when the group has not heard of it, whatever its partitions look like', () => {
    const { ready, reasons } = report({ pulse: { ...alive, heartbeatAgeMs: 21_000 }, partitions: [partition(0, 0)] });
    expect(ready).toBe(false);
    expect(reasons).toEqual(['the consumer group has not heard of this member for 21 s']);
  });

  it('when its read loop does not turn', () => {
    const { ready, reasons } = report({ pulse: { ...alive, loopAgeMs: 21_000 } });
    expect(ready).toBe(false);
    expect(reasons).toEqual(['the read loop has not turned for 21 s']);
  });

  it('before it has joined its group', () => {
    expect(report({ pulse: null })).toMatchObject({
      ready: false,
      reasons: ['the consumer has not joined its group yet'],
    });
  });

  it('when Redis is away', () => {
    expect(report({ isStoreConnected: false })).toMatchObject({ ready: false, reasons: ['Redis is not connected'] });
  });

  it('when the pipeline repeats a chunk', () => {
    const problems = ['partition 4: Kafka did not answer'];
    expect(report({ problems })).toMatchObject({ ready: false, reasons: problems });
  });
});
