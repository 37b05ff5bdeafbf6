import type { Redis } from 'ioredis';
import type { TaskIndex, TaskPlace } from '../../core/ports/task-index.ts';
import type { TaskIndexKeys } from './keys.ts';
import { runPipeline } from './run-pipeline.ts';
import { dueList, placeOfRank, queueList, sortableTime } from './task-ranks.ts';

interface Page {
  readonly after: string | null;
  readonly limit: number;
}

export interface RankReads extends Pick<TaskIndex, 'waiting' | 'overdue' | 'countQueue'> {
  /** Of one list, the best first. */
  bestOf(tenant: string, list: string, page: Page): Promise<readonly TaskPlace[]>;
}

/** Reads lists by priority and queues, which are ranges of one sorted set per tenant. */
export function createRankReads(client: Redis, keysOf: (tenant: string) => TaskIndexKeys): RankReads {
  async function bestOf(tenant: string, list: string, { after, limit }: Page): Promise<readonly TaskPlace[]> {
    const best = `(${list}${after ?? '~'}`;
    const [members] = await runPipeline(client, 'ZREVRANGEBYLEX', [keysOf(tenant).ranks], (pipeline, key) =>
      pipeline.zrevrangebylex(key, best, `[${list}`, 'LIMIT', 0, limit),
    );
    return (members as string[]).map(placeOfRank);
  }

  return {
    bestOf,
    waiting: ({ tenant, queue, after, limit }) => bestOf(tenant, queueList(queue), { after, limit }),
    async overdue({ tenant, queue, now, limit }) {
      const list = dueList(queue);
      const [members] = await runPipeline(client, 'ZRANGEBYLEX', [keysOf(tenant).ranks], (pipeline, key) =>
        pipeline.zrangebylex(key, `[${list}`, `(${list}${sortableTime(now)}`, 'LIMIT', 0, limit),
      );
      return (members as string[]).map(placeOfRank);
    },
    async countQueue(tenant, queue, now) {
      const [waits, due] = [queueList(queue), dueList(queue)];
      const ranges = [
        [`[${waits}`, `(${waits}~`],
        [`[${due}`, `(${due}${sortableTime(now)}`],
      ];
      const key = keysOf(tenant).ranks;
      const counts = await runPipeline(client, 'ZLEXCOUNT', ranges, (pipeline, [min, max]) =>
        pipeline.zlexcount(key, min, max),
      );
      const [waiting, overdue] = counts as number[];
      return { waiting, overdue };
    },
  };
}
