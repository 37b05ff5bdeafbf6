import { describe, expect, it } from 'vitest';
import { reportReadiness } from '../../../../services/platform/runtime/report-readiness.ts';

const partition = (lag: number, ageMs: number) => ({ topic: 'scores', partition: 4, offset: 10, lag, ageMs });

describe('alerts is ready', () => {
  it.each([
    ['without partitions', []],
    ['at the end of its partitions, however long nothing came', [partition(0, 3_600_000)]],
    ['while it works off a lag', [partition(5_000, 1_000)]],
  ])('%s', (_, partitions) => {
    expect(reportReadiness(partitions, [], true)).toEqual({ ready: true, reasons: [], partitions });
  });
});

describe('alerts is not ready', () => {
  it('when a partition with a lag does not advance', () => {
    const { ready, reasons } = reportReadiness([partition(7, 25_000)], [], true);
    expect(ready).toBe(false);
    expect(reasons).toEqual([expect.stringMatching(/partition 4 .* 25 s.* 7 records/)]);
  });

  it('when Redis is away', () => {
    expect(reportReadiness([], [], false)).toMatchObject({ ready: false, reasons: ['Redis is not connected'] });
  });

  it('when the pipeline repeats a chunk', () => {
    const reasons = ['partition 4: Kafka did not answer'];
    expect(reportReadiness([], reasons, true)).toMatchObject({ ready: false, reasons });
  });
});
