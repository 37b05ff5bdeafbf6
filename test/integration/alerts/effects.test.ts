import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { alertsApi } from '../../../services/alerts/alerts-operations.ts';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';
import { aTask } from '../../support/a-task.ts';
import { provisionAlerts } from '../../support/alerts-installation.ts';
import { eventually } from '../../support/eventually.ts';
import { expectDescribed } from '../../support/expect-described.ts';
import { runVerb } from '../../support/run-verb.ts';
import type { ServiceProcess } from '../../support/service-process.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';

const customers = 1_200;
const playbook = 'wake-dormant';
const harmed = 'value3.high/dormant';
const kept = 'value3.low/dormant';

/** A task of each customer, one in four held out; measured, the treated of one segment have left, those of the other stay. */
function tasksOf(version: 1 | 2): RetentionTask[] {
  return Array.from({ length: customers }, (_, i) => {
    const taskId = i.toString(16).padStart(32, '0');
    const arm = i % 4 === 0 ? 'holdout' : 'treated';
    const segment = i % 8 < 4 ? harmed : kept;
    const task = aTask({ taskId, surrogate: taskId, playbook, arm, segment, holdoutShare: 0.25, version });
    if (version === 1) return task;
    const churned = (arm === 'treated') === (segment === harmed);
    const measured = {
      until: task.createdAt + 90 * 86_400_000,
      purchases: churned ? 0 : 1,
      revenueMinor: churned ? 0 : 5_000,
      churned,
    };
    const reasons = [{ code: 'price', contribution: 1, en: '', zhCN: '' }];
    const outcome = { result: 'reached', reason: i % 8 === 1 ? 'price' : 'delivery', at: task.createdAt + 1_000 };
    const status = arm === 'treated' ? 'resolved' : 'expired';
    return { ...task, measured, reasons, status, outcome: arm === 'treated' ? outcome : null };
  });
}

describe('effects on Kafka', () => {
  let installation: Awaited<ReturnType<typeof provisionAlerts>>;
  let service: ServiceProcess;

  async function publish(tasks: readonly RetentionTask[]): Promise<void> {
    const topic = installation.topics.tasks;
    await installation.publishRecords(
      tasks.map((task) => ({ topic, key: task.taskId, value: installation.taskRecord(task) })),
    );
  }

  async function effects() {
    const headers = { authorization: `Bearer ${installation.token}` };
    const response = await fetch(`${service.url}/v1/effects`, { headers });
    return (await response.json()) as { suppressed: string[]; rows: { customers: unknown; churn: unknown }[] };
  }

  beforeAll(async () => {
    installation = await provisionAlerts();
    await publish([...tasksOf(1), { ...tasksOf(1)[0], tenant: 'stranger' }]);
    service = await installation.start();
  });
  afterAll(async () => {
    await service.stop();
    await installation.remove();
  });

  const env = () => ({
    KAFKA_BROKERS: stackAddresses.kafka,
    SCHEMA_REGISTRY_URL: stackAddresses.schemaRegistry,
    TIDEWATCH_TOPIC_PREFIX: installation.topics.tasks.replace('retention.tasks.v1', ''),
    TIDEWATCH_INSTALLATION_FILE: installation.installationFile,
  });

  it('are read at the start, followed, exported, and told by the command and in labels', async () => {
    const opened = { treated: { opened: 900, measured: 0 }, holdout: { opened: 300, measured: 0 }, undrawn: 0 };
    await eventually(async () => expect((await effects()).rows[0].customers).toEqual(opened));
    expect((await effects()).suppressed).toEqual([]);
    await publish([...tasksOf(2), ...tasksOf(1)]);
    const measured = { treated: { opened: 900, measured: 900 }, holdout: { opened: 300, measured: 300 }, undrawn: 0 };
    await eventually(async () => expect((await effects()).rows[0].customers).toEqual(measured), { timeoutMs: 60_000 });
    const body = await effects();
    expect(body.suppressed).toEqual([`${playbook}|${harmed}`]);
    expectDescribed(alertsApi, 'GET /v1/effects', body);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toContain(`tidewatch_uplift_sample_ratio_mismatch{playbook="${playbook}"} 0`);

    const report = await runVerb(['uplift', 'report', '--by', 'segment', '--format', 'json'], env());
    expect(report).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(report.stdout)).toEqual(body);
    const table = (await runVerb(['uplift', 'report', '--by', 'segment', '--playbook', playbook], env())).stdout;
    expect(table.split('\n').map((line) => line.slice(-19))).toEqual(
      expect.arrayContaining([
        expect.stringContaining('harms: left alone'),
        expect.stringContaining('keeps customers'),
      ]),
    );
    const csv = (await runVerb(['uplift', 'report', '--format', 'csv'], env())).stdout.trim().split('\n');
    expect(csv).toHaveLength(3);
    expect(new Set(csv.map((line) => line.split(',').length)).size).toBe(1);

    const dir = await mkdtemp(join(tmpdir(), 'tidewatch-labels-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    const out = join(dir, 'labels.csv');
    expect(await runVerb(['labels', '--out', out], env())).toMatchObject({
      code: 0,
      stdout: `${out}: 1200 tasks, 900 of them closed with a result\n`,
    });
    const lines = (await readFile(out, 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(1 + customers);
    expect(lines).toContain(
      `~${'1'.padStart(32, '0')},${'1'.padStart(32, '0')},${playbook},treated,2026-01-15T12:00:00.000Z,price,price,reached,` +
        '2026-01-15T12:00:01.000Z,1,0,0,2026-04-15T12:00:00.000Z',
    );
    const reasons = await runVerb(['labels', 'report', '--json'], env());
    expect(JSON.parse(reasons.stdout)).toMatchObject({
      closed: 900,
      compared: 900,
      first: { count: 150, of: 900 },
      commonest: { code: 'delivery', count: 750 },
    });
    expect((await runVerb(['labels', 'report'], env())).stdout).toContain('predicted price');
  });

  it('refuse what they cannot take', async () => {
    for (const [args, message] of [
      [['uplift', 'report', '--format', 'xml'], '--format xml is not known'],
      [['uplift', 'report', '--by', 'day'], '--by day is not known'],
      [['uplift', 'report', '--margin', '30'], '--margin "30" is not a share'],
      [['uplift', 'report', '--playbook', 'none'], '--playbook none has no tasks; those that have are wake-dormant'],
      [['labels'], 'Name the file to write with --out FILE'],
    ] as const) {
      const { code, stderr } = await runVerb(args, env());
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  });
});
