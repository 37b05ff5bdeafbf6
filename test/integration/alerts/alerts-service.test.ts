import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Level } from '../../../services/core/scoring/level.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { provisionAlerts } from '../../support/alerts-installation.ts';
import { eventually } from '../../support/eventually.ts';
import { newestVersions, openTasksOf } from '../../support/open-tasks.ts';
import { aScore } from '../../support/score-builder.ts';
import type { ServiceProcess } from '../../support/service-process.ts';

interface Page {
  tasks: { taskId: string; customerId: string; status: string }[];
  next: string | null;
}

const surrogateOf = (number: number) => number.toString(16).padStart(32, '0');

/** Scores of customers `from` to `to`, one after the other through the levels given, received now. */
function scoresOf(from: number, to: number, levels: readonly Level[]): Score[] {
  const customers = Array.from({ length: to - from }, (_, i) => surrogateOf(from + i));
  return levels.flatMap((level, i) =>
    customers.map((surrogate) => aScore({ surrogate, level, stateVersion: i + 1, receivedAt: Date.now() })),
  );
}

describe('alerts on Kafka, registry and Redis', () => {
  let installation: Awaited<ReturnType<typeof provisionAlerts>>;
  const running = new Set<ServiceProcess>();

  beforeAll(async () => {
    installation = await provisionAlerts();
  });
  afterEach(async () => {
    await Promise.all([...running].map((service) => service.stop()));
    running.clear();
  });
  afterAll(() => installation.remove());

  async function start(): Promise<ServiceProcess> {
    const service = await installation.start();
    running.add(service);
    return service;
  }

  async function get<T>(service: ServiceProcess, path: string): Promise<T> {
    const response = await fetch(`${service.url}${path}`, {
      headers: { authorization: `Bearer ${installation.token}` },
    });
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  }

  /** Tasks of customers `from` to `to` on the topic, in its order. */
  async function tasksOf(from: number, to: number) {
    const found = (await installation.readTasks()).map(({ value }) => value);
    return found.filter(({ surrogate }) => surrogate >= surrogateOf(from) && surrogate < surrogateOf(to));
  }

  it('turns scores into one task each, on the topic and in the API, and a replay of all scores adds none', async () => {
    const service = await start();
    await installation.publish(scoresOf(1_000, 1_020, ['none', 'high', 'watch', 'high']));
    await installation.publish(scoresOf(1_020, 1_030, ['none', 'watch']));
    await installation.done();
    const tasks = await tasksOf(1_000, 1_030);
    expect(tasks).toHaveLength(20 * 3);
    expect(
      openTasksOf(tasks)
        .map((task) => task.surrogate)
        .sort(),
    ).toEqual(Array.from({ length: 20 }, (_, i) => surrogateOf(1_000 + i)));

    const page = await get<Page>(service, '/v1/tasks?status=open&limit=200');
    const listed = page.tasks.filter(({ customerId }) => customerId >= `~${surrogateOf(1_000)}`);
    expect(listed.length).toBeGreaterThanOrEqual(20);
    const [task] = listed;
    expect(await get(service, `/v1/tasks/${task.taskId}`)).toMatchObject({ ...task, trigger: 'churn-risk' });

    await installation.publish((await installation.readScores()).map(({ value }) => value));
    await installation.done();
    expect(await tasksOf(1_000, 1_030)).toHaveLength(20 * 3);
  });

  it('puts each task into the partition of its customer, under its id', async () => {
    await start();
    await installation.publish(scoresOf(2_000, 2_020, ['critical']));
    await installation.done();
    const partitionOf = new Map(
      (await installation.readScores()).map(({ record, value }) => [value.surrogate, record.partition]),
    );
    const tasks = (await installation.readTasks()).filter(({ value }) => value.surrogate >= surrogateOf(2_000));
    expect(tasks.length).toBeGreaterThanOrEqual(20);
    for (const { record, value } of tasks) {
      expect([record.key, record.partition]).toEqual([value.taskId, partitionOf.get(value.surrogate)]);
    }
    expect(new Set(tasks.map(({ record }) => record.partition)).size).toBeGreaterThan(1);
  });

  // The broker gives the partitions of a killed member away after its session timeout, half a minute.
  it('killed in the middle and started again ends like one that was not', { timeout: 150_000 }, async () => {
    const levels: readonly Level[] = ['high', 'critical', 'none', 'high', 'watch'];
    const expected = ['1.1 open', '1.2 open', '1.3 retracted', '2.1 open', '2.2 open'];
    const first = await start();
    const before = await installation.countTasks();
    await installation.publish(scoresOf(3_000, 3_600, levels));
    await eventually(async () => expect(await installation.countTasks()).toBeGreaterThan(before), { intervalMs: 2 });
    // However fast it is, something is left for the second one.
    first.child.kill('SIGSTOP');
    await installation.publish(scoresOf(3_600, 3_601, levels));
    await first.kill();
    running.delete(first);
    expect(await installation.lag()).toBeGreaterThan(0);
    const second = await start();
    await installation.done();
    const tasks = await tasksOf(3_000, 3_601);
    const byCustomer = Map.groupBy(tasks, (task) => task.surrogate);
    expect(byCustomer.size).toBe(601);
    for (const snapshots of byCustomer.values()) {
      const names = snapshots.map((task) => `${task.episode}.${task.version} ${task.status}`);
      expect([...new Set(names)]).toEqual(expected);
      expect(names.at(-1)).toBe('2.2 open');
    }
    const bytes = Map.groupBy(await installation.readTasks(), ({ value }) => `${value.taskId}:${value.version}`);
    for (const copies of bytes.values()) {
      expect(new Set(copies.map(({ record }) => record.value?.toString('hex'))).size).toBe(1);
    }
    const page = await get<Page>(second, '/v1/tasks?status=open&limit=200');
    expect(page.tasks).toHaveLength(200);
    expect(page.next).not.toBeNull();
  });

  it('shares partitions with a second process and still makes one task per customer', async () => {
    await start();
    await installation.publish(scoresOf(4_000, 4_200, ['high']));
    await start();
    await installation.publish(scoresOf(4_200, 4_400, ['high']));
    await installation.done();
    const tasks = await tasksOf(4_000, 4_400);
    expect(newestVersions(tasks).size).toBe(400);
    expect(openTasksOf(tasks)).toHaveLength(400);
    expect(new Set(tasks.map((task) => task.version))).toEqual(new Set([1]));
  });

  it('sets unreadable records aside and serves their neighbours', async () => {
    const service = await start();
    const topic = installation.topics.scores;
    const key = surrogateOf(5_000);
    const unknownId = Buffer.from([0, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3]);
    const good = aScore({ surrogate: key, level: 'critical', receivedAt: Date.now() });
    await installation.publishRecords([
      { topic, key, value: Buffer.from('this is no Avro') },
      { topic, key, value: unknownId },
      { topic, key, value: installation.scoreRecord(good).subarray(0, 60) },
      { topic, key, value: installation.scoreRecord(good) },
    ]);
    await installation.done();
    expect(await tasksOf(5_000, 5_001)).toMatchObject([{ status: 'open', version: 1 }]);
    const letters = (await installation.readDeadLetters()).filter(({ record }) => record.key === key);
    expect(letters.map(({ value }) => [value.code, value.step, value.topic])).toEqual([
      ['ERR_RECORD_DECODE', 'alerts.decode', topic],
      ['ERR_SCHEMA_UNKNOWN', 'alerts.decode', topic],
      ['ERR_RECORD_DECODE', 'alerts.decode', topic],
    ]);
    expect(letters[0].value.original.includes('this is no Avro')).toBe(false);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('tidewatch_scores_unreadable_total 3');
  });

  it('opens no task from historical scores, but counts them', async () => {
    const service = await start();
    const historical = scoresOf(6_000, 6_010, ['high', 'critical']).map((score) => ({ ...score, historical: true }));
    await installation.publish(historical);
    await installation.done();
    expect(await tasksOf(6_000, 6_010)).toEqual([]);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain('tidewatch_tasks_suppressed_total{reason="historical"} 10');
    const live = aScore({ surrogate: surrogateOf(6_000), stateVersion: 3, receivedAt: Date.now() });
    await installation.publish([live]);
    await installation.done();
    expect(await tasksOf(6_000, 6_010)).toMatchObject([{ surrogate: surrogateOf(6_000), version: 1 }]);
  });

  it('says that it is ready, partition by partition, and drains with exit code 0', async () => {
    const service = await start();
    await installation.publish(scoresOf(7_000, 7_030, ['watch']));
    await installation.done();
    await eventually(async () => {
      const response = await fetch(`${service.url}/readyz`);
      expect(response.status).toBe(200);
      const { partitions } = (await response.json()) as {
        partitions: { topic: string; partition: number; lag: number }[];
      };
      const { scores, segments, events, commands, tasks, kpiFacts } = installation.topics;
      // Points are booked from events and commands too, deliveries follow the tasks, and KPIs count the facts.
      const read = [scores, segments, events, commands, events, commands, tasks, kpiFacts];
      const expected = read.flatMap((topic) => [0, 1, 2].map((p) => `${topic} ${p} 0`));
      const shown = partitions.map(({ topic, partition, lag }) => `${topic} ${partition} ${lag}`);
      expect(shown.toSorted()).toEqual(expected.toSorted());
    });
    await eventually(async () => {
      const metrics = await (await fetch(`${service.url}/metrics`)).text();
      expect(metrics).toMatch(/tidewatch_partition_lag\{.*partition="0".*\} 0/);
      expect(metrics).toMatch(/tidewatch_tasks\{status="claimed"\} 0/);
    });
    expect(await service.stop()).toBe(0);
    running.delete(service);
  });
});
