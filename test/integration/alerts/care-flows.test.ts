import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { EngineError } from '../../../services/core/errors.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { readLog } from '../../../services/platform/kafka/read-log.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { eventually } from '../../support/eventually.ts';
import { createIngestInstallation, type IngestInstallation } from '../../support/ingest-installation.ts';
import { rootDir } from '../../support/root-dir.ts';
import { type ServiceProcess, startService } from '../../support/service-process.ts';
import { stackAddresses } from '../../support/stack-addresses.ts';

const minuteMs = 60_000;
const logger = createLogger({ name: 'test', level: 'silent' });

interface Shown {
  readonly customerId: string;
  readonly [field: string]: unknown;
}

describe('from an event at ingest to what alerts does about it', () => {
  let installation: IngestInstallation;
  let ingest: ServiceProcess;
  let alerts: ServiceProcess;

  beforeAll(async () => {
    installation = await createIngestInstallation();
    const playbooks = join(installation.env['TIDEWATCH_INSTALLATION_FILE'], '..', 'playbooks.yaml');
    const shipped = await readFile(join(rootDir, 'playbooks/default.yaml'), 'utf8');
    // Quiet for the first minute of the day alone, so that the hour at which the test runs makes no difference.
    const awake = shipped.replace("quiet: { from: '21:00', to: '09:00' }", "quiet: { from: '00:00', to: '00:01' }");
    expect(awake).not.toBe(shipped);
    await writeFile(playbooks, awake);
    ingest = await startService('ingest', installation.env);
    alerts = await startService('alerts', {
      ...installation.env,
      TIDEWATCH_ALERTS_PORT: '0',
      TIDEWATCH_SESSION_TIMEOUT_MS: '6000',
      TIDEWATCH_PLAYBOOKS_FILE: playbooks,
    });
  });
  afterAll(async () => {
    await alerts.stop();
    await ingest.stop();
    await installation.remove();
  });

  async function post(event: { readonly id: string; readonly [field: string]: unknown }): Promise<CustomerRecord> {
    const response = await fetch(`${ingest.url}/v1/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${installation.writeKey}:`).toString('base64')}`,
      },
      body: JSON.stringify({ events: [{ time: new Date().toISOString(), ...event }] }),
    });
    expect(await response.json()).toMatchObject({ results: { [event.id]: { result: 'accepted' } } });
    const record = (await installation.events()).find(({ eventId }) => eventId === event.id);
    if (record === undefined) throw new Error(`${event.id} is not on the events topic`);
    return record;
  }

  async function list(what: 'cases' | 'tasks', { surrogate }: CustomerRecord): Promise<Shown[]> {
    const response = await fetch(`${alerts.url}/v1/${what}?limit=200`, {
      headers: { authorization: `Bearer ${installation.token}` },
    });
    expect(response.status).toBe(200);
    const page = (await response.json()) as Readonly<Record<string, Shown[]>>;
    return page[what].filter(({ customerId }) => customerId === `~${surrogate}`);
  }

  /** The versions of a customer's tasks on the topic, each with the time of its record. */
  async function written({ surrogate }: CustomerRecord): Promise<{ task: RetentionTask; at: number }[]> {
    const client = createKafkaClient({ brokers: stackAddresses.kafka.split(','), clientId: 'test', logger });
    const registry = createSchemaRegistry({ url: stackAddresses.schemaRegistry, logger });
    const topic = topicsWithPrefix(installation.prefix).tasks;
    const codec = await registry.codec<RetentionTask>(topic, 'retention-task');
    const records = await readLog({ client, topic, logger });
    const tasks = await codec.decode(records.map(({ value }) => value));
    return tasks.flatMap((task, i) => {
      if (task instanceof EngineError) throw task;
      return task.surrogate === surrogate ? [{ task, at: records[i].timestamp }] : [];
    });
  }

  it('opens a case and a task within a minute of a low answer', { timeout: 120_000 }, async () => {
    const properties = { surveyKind: 'csat', surveyScore: 1 };
    const answer = await post({ id: 'low', type: 'survey.answered', userId: 'unhappy', properties });
    const [opened, task] = await eventually(async () => {
      const [[aCase], [aTask]] = [await list('cases', answer), await list('tasks', answer)];
      expect(aCase).toMatchObject({ status: 'opened' });
      expect(aTask).toMatchObject({ playbook: 'low-score-recovery', status: 'open', queue: 'service-lead' });
      return [aCase, aTask] as const;
    });
    expect(task['causes']).toEqual(['low']);
    // A case stands open since the customer said so, a task since it was asked for.
    expect(Date.parse(String(opened['openedAt']))).toBe(answer.occurredAt);
    const asked = Date.parse(String(task['createdAt'])) - answer.receivedAt;
    expect(asked).toBeGreaterThanOrEqual(0);
    expect(asked).toBeLessThan(minuteMs);
    // Case and task are one write, which comes before the record.
    const [first] = await written(answer);
    expect(first.task).toMatchObject({ taskId: task['taskId'], version: 1 });
    expect(first.at - answer.receivedAt).toBeLessThan(minuteMs);
    expect(await list('cases', answer)).toHaveLength(1);
    expect(await list('tasks', answer)).toHaveLength(1);
  });

  it('opens neither for a good answer', { timeout: 120_000 }, async () => {
    const kind = { surveyKind: 'csat' };
    const good = { id: 'good', type: 'survey.answered', userId: 'happy', properties: { ...kind, surveyScore: 5 } };
    const answer = await post(good);
    // A low one of the same customer, who has one partition: once it shows, the good one was taken before it.
    const low = { ...good, id: 'then low', properties: { ...kind, surveyScore: 2 } };
    await post(low);
    await eventually(async () => expect(await list('tasks', answer)).toHaveLength(1));
    expect((await list('tasks', answer))[0]['causes']).toEqual(['then low']);
    expect(await list('cases', answer)).toHaveLength(1);
  });

  it('cares about a delayed order before anybody complains', { timeout: 120_000 }, async () => {
    const properties = { orderId: 'O-1' };
    const delay = await post({ id: 'late', type: 'order.delayed', userId: 'waiting', properties });
    const [task] = await eventually(async () => {
      const tasks = await list('tasks', delay);
      expect(tasks).toMatchObject([{ playbook: 'care-before-asked', status: 'open', queue: 'service' }]);
      return tasks;
    });
    expect(task['causes']).toEqual(['late']);
    expect(Date.parse(String(task['createdAt'])) - delay.receivedAt).toBeLessThan(minuteMs);
    expect(await list('cases', delay)).toEqual([]);
  });

  it('greets on the birthday, of which it keeps the day alone', { timeout: 240_000 }, async () => {
    // In the last minute of a day the birthday is tomorrow, and greeted once the day has begun.
    const day = new Date(Date.now() + minuteMs).toISOString().slice(5, 10);
    const traits = { email: 'ann@example.org', birthday: `1984-${day}` };
    const upsert = await post({ id: 'ann', type: 'customer.upserted', userId: 'ann', traits });
    expect(upsert.envelope?.fields.map(({ name }) => name)).toContain('birthday');
    expect(upsert.attributes.filter(({ name }) => name === 'birthday')).toEqual([]);
    await eventually(
      async () => {
        const greeted = (await written(upsert)).at(-1)?.task;
        expect(greeted).toMatchObject({ playbook: 'birthday-greeting', arm: 'treated' });
        expect(greeted?.contacts).toMatchObject([{ channel: 'email', purpose: 'care' }]);
      },
      { timeoutMs: 180_000, intervalMs: 200 },
    );
    const other = await post({
      ...{ id: 'bob', type: 'customer.upserted', userId: 'bob' },
      traits: { birthday: 'some day in spring' },
    });
    await eventually(async () => {
      const metrics = await (await fetch(`${alerts.url}/metrics`)).text();
      expect(metrics).toContain('tidewatch_birthdays_passed_over_total{reason="no-day"} 1');
      expect(metrics).toContain('tidewatch_birthdays_passed_over_total{reason="sealed"} 0');
    });
    expect(await written(other)).toEqual([]);
    expect(alerts.output()).not.toContain(`1984-${day}`);
  });
});
