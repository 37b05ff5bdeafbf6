import type { Admin } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { PartitionWatch } from '../../../../services/platform/kafka/partition-watch.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';

describe('the look for lost offsets before joining', () => {
  it('asks again while a new topic has no leader, and then reports what is lost', async () => {
    let asked = 0;
    const lost: string[] = [];
    const admin = {
      fetchOffsets: () =>
        Promise.resolve([{ topic: 't', partitions: [{ partition: 0, offset: '3', metadata: null }] }]),
      fetchTopicOffsets: () =>
        ++asked < 3
          ? Promise.reject(Object.assign(new Error('no leader'), { type: 'NOT_LEADER_FOR_PARTITION' }))
          : Promise.resolve([{ partition: 0, offset: '9', low: '5', high: '9' }]),
    };
    const watch = new PartitionWatch({
      admin: admin as unknown as Admin,
      groupId: 'g',
      intervalMs: 1_000,
      logger: createLogger({ name: 'test', level: 'silent' }),
      metrics: undefined,
      topicIds: { of: () => Promise.resolve(null) },
      onNewLog: () => undefined,
      onOffsetLost: (error) => lost.push(error.code),
    });
    await watch.reportLostOffsets(['t']);
    expect(asked).toBe(3);
    expect(lost).toHaveLength(1);
  });
});
