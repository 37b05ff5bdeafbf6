import { describe, expect, it } from 'vitest';
import { PartitionLanes } from '../../../../services/platform/runtime/partition-lanes.ts';

describe('the lanes of partitions', () => {
  it('run one piece of work at a time per partition, in the order it came', async () => {
    const lanes = new PartitionLanes();
    const log: string[] = [];
    const work = (name: string, turns: number) => async () => {
      log.push(`${name} begins`);
      for (let i = 0; i < turns; i++) await Promise.resolve();
      log.push(`${name} ends`);
    };
    await Promise.all([lanes.run(1, work('a', 9)), lanes.run(1, work('b', 1)), lanes.run(1, work('c', 3))]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('do not make partitions wait for each other', async () => {
    const lanes = new PartitionLanes();
    const never = new Promise<void>(() => undefined);
    void lanes.run(1, () => never);
    expect(await lanes.run(2, () => Promise.resolve('done'))).toBe('done');
  });

  it('go on after work that failed, whose failure is its own', async () => {
    const lanes = new PartitionLanes();
    const failed = lanes.run(1, () => Promise.reject(new Error('broken')));
    const next = lanes.run(1, () => Promise.resolve('next'));
    await expect(failed).rejects.toThrowError('broken');
    expect(await next).toBe('next');
  });
});
