import { Agent } from 'node:http';
import { createTaskReader } from '../../../../services/alerts/api/task-reader.ts';
import { parseTaskQuery } from '../../../../services/alerts/api/task-query.ts';
import { taskToJson } from '../../../../services/core/tasks/task-to-json.ts';
import type { DurationMs } from '../../../../services/core/units.ts';
import { createStateKeys, createTaskIndexKeys } from '../../../../services/platform/redis/keys.ts';
import { createRedis, type RedisConnection } from '../../../../services/platform/redis/redis-client.ts';
import { createRedisStateStore } from '../../../../services/platform/redis/redis-state-store.ts';
import { createRedisTaskIndex } from '../../../../services/platform/redis/redis-task-index.ts';
import { eventually } from '../../../support/eventually.ts';
import { startService } from '../../../support/service-process.ts';
import { noted } from '../../bench-report.ts';
import type { PartContext, PartResult } from '../../scorer/part-result.ts';
import { latencyResult, type LatencyRound } from '../../scorer/latency/rounds-result.ts';
import { timedGet } from '../../world/timed-get.ts';
import { openBenchWorld, type BenchWorld } from '../../world/bench-world.ts';
import type { AlertsBenchOptions } from '../alerts-bench-options.ts';
import { fillTasks } from './fill-tasks.ts';

const tenant = 'demo';
const pageSize = 50;
const warmUps = 100;
const bar = 3;
/** What is asked for, once for the reader and once over HTTP. */
const query = { status: 'open', sort: 'priority', arm: 'treated', limit: String(pageSize) };

type Read = () => Promise<unknown>;

/**
 * The first page of open tasks by priority while there are many: the reader in this process and the route of a running service, against
 * the two commands that fetch the same bytes bare. One after the other, alternating.
 */
export async function benchTaskPage(options: AlertsBenchOptions, { stack, say }: PartContext): Promise<PartResult> {
  const world = await openBenchWorld(stack, options.partitions);
  const redis = createRedis({ url: stack.redis, logger: world.logger });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const twin = world.newTwin();
  try {
    await eventually(() => redis.check());
    const store = createRedisStateStore({ redis, keyPrefix: twin, namespace: 'tasks' });
    const index = createRedisTaskIndex({ redis, keyPrefix: twin });
    say(`opening ${options.tasks} tasks`);
    await fillTasks(store, index, options.tasks);
    const alerts = await startService('alerts', world.alertsEnv(twin));
    try {
      const reader = createTaskReader(store, index);
      const reads = {
        ours: async () => JSON.stringify((await reader.list(tenant, parseTaskQuery(query))).tasks.map(taskToJson)),
        http: readOverHttp(agent, alerts.url, world),
        bare: () => readBare(redis, twin),
      };
      return await measure(options, reads, say);
    } finally {
      await alerts.stop();
    }
  } finally {
    agent.destroy();
    await redis.close();
    await world.close();
  }
}

function readOverHttp(agent: Agent, url: string, { token }: BenchWorld): Read {
  const headers = { authorization: `Bearer ${token}` };
  return () => timedGet(agent, `${url}/v1/tasks?${new URLSearchParams(query).toString()}`, headers);
}

/** A page of members, then the states they lead to. */
async function readBare({ client }: RedisConnection, twin: string): Promise<void> {
  const stateOf = createStateKeys(twin, 'tasks');
  const open = createTaskIndexKeys(twin)(tenant).status('open');
  const members = await client.zrange(open, '0', String(pageSize - 1), 'REV');
  if (members.length !== pageSize) throw new Error(`the index has ${members.length} open tasks, expected more`);
  const pipeline = client.pipeline();
  for (const member of members) pipeline.hgetBuffer(stateOf({ tenant, surrogate: member.slice(-32) }), 's');
  const replies = (await pipeline.exec()) ?? [];
  if (replies.some(([error, bytes]) => error !== null || bytes === null)) throw new Error('a state is missing');
}

async function measure(
  { rounds, pages }: AlertsBenchOptions,
  reads: { readonly ours: Read; readonly http: Read; readonly bare: Read },
  say: (line: string) => void,
): Promise<PartResult> {
  const inProcess: LatencyRound[] = [];
  const overHttp: LatencyRound[] = [];
  for (let round = 0; round <= rounds; round++) {
    const [ours, http, bare]: [DurationMs[], DurationMs[], DurationMs[]] = [[], [], []];
    for (let i = 0; i < (round === 0 ? warmUps : pages); i++) {
      ours.push(await timed(reads.ours));
      bare.push(await timed(reads.bare));
      http.push(await timed(reads.http));
    }
    if (round === 0) continue;
    inProcess.push({ ours, bare });
    overHttp.push({ ours: http, bare });
  }
  say(`task-page: ${rounds} rounds of ${pages} pages done`);
  const page = latencyResult(inProcess, { ours: 'task-page', bare: 'zrange-hget', bar });
  const http = latencyResult(overHttp, { ours: 'task-page-http', bare: 'zrange-hget', bar });
  return {
    figures: [...page.figures, ...http.figures.filter(({ name }) => name.startsWith('task-page-http'))],
    ratios: [...page.ratios, ...http.ratios.map(({ name, value }) => noted(name, value))],
  };
}

async function timed(read: Read): Promise<DurationMs> {
  const start = performance.now();
  await read();
  return performance.now() - start;
}
