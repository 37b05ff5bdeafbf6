import type { KafkaMessage } from 'kafkajs';
import { createRedis, type RedisConnection } from '../../../../services/platform/redis/redis-client.ts';
import { eventually } from '../../../support/eventually.ts';
import { chunkRecords } from '../../pipeline/raw-handler.ts';
import type { BenchWorld } from '../../world/bench-world.ts';
import type { AlertsRun } from './run-alerts.ts';

/** Sets a state unless a newer one stands there, as the least that keeps a redelivery from going backwards. */
const setIfNewer = `
local held = tonumber(redis.call('HGET', KEYS[1], 'v') or '-1')
if tonumber(ARGV[1]) <= held then return 0 end
redis.call('HSET', KEYS[1], 'v', ARGV[1], 's', ARGV[2])
return 1`;

/**
 * The ceiling: a bare kafkajs consumer that sets the bytes of each score under its customer, one call of a script per
 * score, pipelined in chunks of 500. It decodes nothing, decides nothing, publishes nothing, commits nothing.
 * Both figures are from the first batch to the last reply.
 */
export async function runBareSet(world: BenchWorld, twin: string, records: number): Promise<AlertsRun> {
  const redis = createRedis({ url: world.stack.redis, logger: world.logger });
  const consumer = world.client.consumer({ groupId: `${twin}bare`, maxWaitTimeInMs: 100 });
  try {
    await eventually(() => redis.check());
    const sha = (await redis.client.script('LOAD', setIfNewer)) as string;
    await consumer.connect();
    await consumer.subscribe({ topics: [world.topics.scores], fromBeginning: true });
    let done = 0;
    let startedAt = 0;
    const finished = Promise.withResolvers<AlertsRun>();
    let cpu: NodeJS.CpuUsage | undefined;
    await consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: 4,
      eachBatch: async ({ batch, heartbeat }) => {
        startedAt ||= performance.now();
        cpu ??= process.cpuUsage();
        for (let at = 0; at < batch.messages.length; at += chunkRecords) {
          const chunk = batch.messages.slice(at, at + chunkRecords);
          await setAll(redis, { sha, twin, chunk });
          done += chunk.length;
          await heartbeat();
        }
        if (done < records) return;
        const { user, system } = process.cpuUsage(cpu);
        const rate = done / ((performance.now() - startedAt) / 1000);
        finished.resolve({ rate, cpuMicros: (user + system) / done });
      },
    });
    return await finished.promise;
  } finally {
    await consumer.disconnect();
    await redis.close();
  }
}

interface Chunk {
  readonly sha: string;
  readonly twin: string;
  readonly chunk: readonly KafkaMessage[];
}

async function setAll({ client }: RedisConnection, { sha, twin, chunk }: Chunk): Promise<void> {
  const pipeline = client.pipeline();
  for (const { key, value, offset } of chunk) {
    pipeline.evalsha(sha, 1, `${twin}bare:${key?.toString('latin1')}`, offset, value ?? '');
  }
  const replies = (await pipeline.exec()) ?? [];
  const fault = replies.find(([error]) => error !== null)?.[0];
  if (fault) throw fault;
}
