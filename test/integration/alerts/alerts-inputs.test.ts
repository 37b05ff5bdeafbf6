import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { provisionAlerts } from '../../support/alerts-installation.ts';
import { eventually } from '../../support/eventually.ts';
import { aScore } from '../../support/score-builder.ts';
import type { ServiceProcess } from '../../support/service-process.ts';

const surrogateOf = (number: number) => number.toString(16).padStart(32, '0');
const hourMs = 3_600_000;
const metricsOf = async (service: ServiceProcess) => (await fetch(`${service.url}/metrics`)).text();

describe('what alerts reads besides scores', () => {
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

  async function post(service: ServiceProcess, path: string, body: object, headers: Record<string, string> = {}) {
    const response = await fetch(`${service.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${installation.token}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('sets unreadable commands aside under a step of their own, and passes over unreadable events', async () => {
    const service = await start();
    const key = surrogateOf(77);
    const { commands, events } = installation.topics;
    await installation.publishRecords([
      { topic: commands, key, value: Buffer.from('this is no Avro') },
      { topic: events, key, value: Buffer.from('nor is this') },
    ]);
    await installation.doneWith('commands');
    await installation.doneWith('events');
    const letters = (await installation.readDeadLetters()).filter(({ record }) => record.key === key);
    expect(letters.map(({ value }) => [value.topic, value.step])).toEqual([[commands, 'alerts.decode-command']]);
    await eventually(async () => {
      const metrics = await metricsOf(service);
      expect(metrics).toContain('tidewatch_task_inputs_unreadable_total{kind="command"} 1');
      expect(metrics).toContain('tidewatch_task_inputs_unreadable_total{kind="event"} 1');
    });
  });

  it('puts a command into the partition of its customer, once for each key as far as readers can tell', async () => {
    const service = await start();
    const surrogate = surrogateOf(4_711);
    await installation.publish([aScore({ surrogate, level: 'critical', receivedAt: Date.now() })]);
    await installation.done();
    const [{ value: task, record }] = (await installation.readTasks()).filter(
      ({ value }) => value.surrogate === surrogate,
    );
    const path = `/v1/tasks/${task.taskId}/claim`;
    expect((await post(service, path, { leaseMinutes: -1 })).body).toMatchObject({ status: 400 });
    expect((await post(service, `/v1/tasks/${surrogateOf(1)}/claim`, {})).status).toBe(404);
    const key = { 'idempotency-key': 'desk-1' };
    const answers = [
      await post(service, path, { actor: 'anna' }, key),
      await post(service, path, { actor: 'anna' }, key),
    ];
    for (const { status } of answers) expect([200, 202]).toContain(status);
    const sent = (await installation.readCommands()).filter(({ value }) => value.surrogate === surrogate);
    expect(sent.length).toBeGreaterThanOrEqual(1);
    expect(new Set(sent.map(({ value }) => value.commandId)).size).toBe(1);
    for (const { record: each, value } of sent) {
      expect(each.partition).toBe(record.partition);
      expect(value).toMatchObject({ verb: 'claim', taskId: task.taskId, actor: 'anna', tenant: task.tenant });
    }
    await installation.doneWith('commands');
  });

  it('leaves a customer alone by the business’s own id', async () => {
    const service = await start();
    const { status } = await post(service, '/v1/customers/user:42/leave-alone', { until: '2027-01-01T00:00:00Z' });
    expect([200, 202]).toContain(status);
    const sent = (await installation.readCommands()).filter(({ value }) => value.verb === 'leave-alone');
    expect(sent).toMatchObject([{ value: { until: Date.UTC(2027, 0, 1), taskId: null } }]);
    expect(sent[0].value.actor).toMatch(/^token-/);
  });

  it('shows the queues and the version of the playbooks in force', async () => {
    const service = await start();
    const response = await fetch(`${service.url}/v1/queues`, {
      headers: { authorization: `Bearer ${installation.token}` },
    });
    const { queues } = (await response.json()) as { queues: { queue: string; capacity: number | null }[] };
    expect(queues).toContainEqual(expect.objectContaining({ queue: 'service', capacity: 200, overflow: 0 }));
    const metrics = await metricsOf(service);
    expect(metrics).toMatch(/tidewatch_playbooks_info\{version="1\+[0-9a-f]{8}"\} 1/);
    // Read from the store; a scrape does not wait for it.
    await eventually(async () =>
      expect(await metricsOf(service)).toContain('tidewatch_queue_overflow{queue="service"} 0'),
    );
  });
});

describe('alerts at its first start', () => {
  let installation: Awaited<ReturnType<typeof provisionAlerts>>;

  beforeAll(async () => {
    installation = await provisionAlerts();
  });
  afterAll(() => installation.remove());

  it('takes up events that were written before its group was there, but for those that nobody reacts to', async () => {
    await installation.publishEvents([
      { eventId: 'lately', type: 'order.placed', receivedAt: Date.now() - hourMs },
      { eventId: 'a page', type: 'page.viewed', receivedAt: Date.now() },
      { eventId: 'now', type: 'case.opened', receivedAt: Date.now() },
    ]);
    const service = await installation.start();
    onTestFinished(async () => void (await service.stop()));
    await installation.doneWith('events');
    await eventually(async () => {
      const counted = [...(await metricsOf(service)).matchAll(/tidewatch_task_inputs_total\{kind="event",.*\} (\d+)/g)];
      expect(counted.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(2);
    });
  });
});
