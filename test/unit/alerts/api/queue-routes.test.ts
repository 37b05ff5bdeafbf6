import { hash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertsApi } from '../../../../services/alerts/alerts-operations.ts';
import type { CommandRequest, CommandService } from '../../../../services/alerts/api/command-service.ts';
import { createQueuePicker } from '../../../../services/alerts/api/queue-picker.ts';
import { addQueueRoutes } from '../../../../services/alerts/api/queue-routes.ts';
import { addQueueGauge } from '../../../../services/alerts/queue-gauge.ts';
import type { RetentionTask } from '../../../../services/core/tasks/retention-task.ts';
import { taskIndexChanges } from '../../../../services/core/tasks/task-index-changes.ts';
import { emptyTaskState } from '../../../../services/core/tasks/task-state.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { requireBearer } from '../../../../services/platform/http/bearer-auth.ts';
import { createHttpServer } from '../../../../services/platform/http/http-server.ts';
import { createMemoryTaskIndex } from '../../../../services/platform/memory/memory-task-index.ts';
import { createVirtualClock } from '../../../../services/platform/memory/virtual-clock.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';
import { createAlertsBench } from '../../../support/alerts-bench.ts';
import { expectDescribed } from '../../../support/expect-described.ts';
import { aScore } from '../../../support/score-builder.ts';

const now = 1_800_000_000_000;
const hourMs = 3_600_000;
const label = { en: 'Care', zhCN: '客服' };
const queues = { care: { label, capacity: 2 }, sales: { label, capacity: null } };

async function openApi() {
  const bench = createAlertsBench();
  await bench.deliver([aScore()]);
  const [model] = bench.tasks();
  const index = createMemoryTaskIndex();
  const clock = createVirtualClock(now);
  const asked: CommandRequest[] = [];
  const takenBefore = new Set<string>();
  const states = new Map<string, RetentionTask>();
  const read = (_tenant: string, places: readonly { readonly surrogate: string }[]) =>
    Promise.resolve(places.map(({ surrogate }) => states.get(surrogate) ?? null));
  const commands: CommandService = {
    send: () => Promise.resolve({ kind: 'pending', fault: null }),
    submit: (request) => {
      asked.push(request);
      const taskId = request.taskId as string;
      if (takenBefore.has(taskId)) {
        return Promise.resolve({ kind: 'refused', commandId: 'c', fault: 'claimed-by-other' } as const);
      }
      takenBefore.add(taskId);
      return Promise.resolve({ kind: 'applied', commandId: 'c', state: emptyTaskState() } as const);
    },
  };
  const server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('alerts'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
  });
  const tokens = [{ hash: hash('sha256', 'demo-token', 'hex'), tenant: 'demo', name: 'desk' }];
  const picker = createQueuePicker({ reader: { read }, index, clock });
  const authorize = requireBearer(tokens);
  addQueueRoutes(server, { index, picker, commands, queues: () => queues, clock, authorize });
  const headers = { authorization: 'Bearer demo-token' };

  return {
    server,
    index,
    clock,
    asked,
    takenBefore,
    /** A task of a customer of its own, in the queue `care` if nothing else is said. */
    async open(number: number, over: Partial<RetentionTask> = {}): Promise<void> {
      const id = number.toString(16).padStart(32, '0');
      const waits = {
        taskId: id,
        surrogate: id,
        owner: over.queue ?? 'care',
        queue: 'care',
        respondBy: now + hourMs,
        priority: number,
      };
      const task = { ...model, ...waits, ...over };
      states.set(id, task);
      await index.put(taskIndexChanges([task], nodeDigest).put);
    },
    async claim(queue = 'care', payload?: object) {
      const response = await server.inject({ method: 'POST', url: `/v1/queues/${queue}/claim`, payload, headers });
      return { status: response.statusCode, body: response.body === '' ? null : response.json<{ taskId: string }>() };
    },
    get: async () => (await server.inject({ url: '/v1/queues', headers })).json<{ queues: object[] }>(),
  };
}

describe('the queue API', () => {
  let api: Awaited<ReturnType<typeof openApi>>;

  beforeEach(async () => {
    api = await openApi();
  });
  afterEach(() => api.server.close());

  const numberOf = (body: { taskId: string } | null) => Number.parseInt(body?.taskId ?? '0', 16);

  it('gives what is overdue first, then by priority, each once, and then nothing', async () => {
    await api.open(1);
    await api.open(2, { respondBy: now - 5_000, priority: 0.5 });
    await api.open(3);
    await api.open(4, { queue: 'sales' });
    const given: number[] = [];
    for (let i = 0; i < 3; i++) given.push(numberOf((await api.claim('care', { actor: 'anna' })).body));
    expect(given).toEqual([2, 3, 1]);
    expect(await api.claim()).toEqual({ status: 204, body: null });
    expect(api.asked.slice(0, 3).map(({ verb, actor }) => [verb, actor])).toEqual(Array(3).fill(['claim', 'anna']));
  });

  it('answers as it is described, for the token where nobody is named', async () => {
    await api.open(1);
    const { status, body } = await api.claim();
    expect(status).toBe(200);
    expectDescribed(alertsApi, 'POST /v1/queues/{queue}/claim', body);
    expect(api.asked[0].actor).toBe('desk');
  });

  it('tries the next best when another caller was faster', async () => {
    for (const number of [1, 2, 3]) await api.open(number);
    api.takenBefore.add((3).toString(16).padStart(32, '0'));
    expect(numberOf((await api.claim()).body)).toBe(2);
  });

  it('offers nothing that the state says is taken, of the holdout or of another queue by now', async () => {
    await api.open(1, { status: 'claimed' });
    await api.open(2, { arm: 'holdout' });
    await api.open(3);
    await api.index.put([{ ...taskIndexChangesOf(4), queue: 'care' }]);
    expect(numberOf((await api.claim()).body)).toBe(3);
    expect((await api.claim()).status).toBe(204);
  });

  it('leaves a task to the person whom it was given to', async () => {
    await api.open(1, { owner: 'anna' });
    expect(await api.claim('care', { actor: 'bob' })).toEqual({ status: 204, body: null });
  });

  it('knows the queues of the playbooks only', async () => {
    const { status, body } = await api.claim('care-of');
    expect([status, body]).toEqual([404, expect.objectContaining({ detail: expect.stringContaining('care, sales') })]);
    expect((await api.claim('toString')).status).toBe(404);
    expect((await api.claim('care', { leaseMinutes: -1 })).status).toBe(400);
  });

  it('shows what waits, what is overdue and what finds no place', async () => {
    for (const number of [1, 2, 3, 4]) await api.open(number, number === 1 ? { respondBy: now - 1 } : {});
    const shown = await api.get();
    expectDescribed(alertsApi, 'GET /v1/queues', shown);
    expect(shown.queues).toEqual([
      { queue: 'care', label: { en: 'Care', 'zh-CN': '客服' }, capacity: 2, open: 4, overflow: 2, overdue: 1 },
      { queue: 'sales', label: { en: 'Care', 'zh-CN': '客服' }, capacity: null, open: 0, overflow: 0, overdue: 0 },
    ]);
    const metrics = createMetrics('alerts');
    addQueueGauge(metrics, { index: api.index, tenants: ['demo', 'other'], queues: () => queues, clock: api.clock });
    expect(await metrics.registry.metrics()).toContain('tidewatch_queue_overflow{queue="care"} 2');
  });
});

/** An entry that no state stands behind. */
function taskIndexChangesOf(number: number) {
  const id = number.toString(16).padStart(32, '0');
  const order = `0000000000000001:${id}`;
  return {
    tenant: 'demo',
    taskId: id,
    surrogate: id,
    orderKey: order,
    rankKey: `ffffffffffffffff:${order}`,
    status: 'open',
    version: 1,
    arm: 'treated',
    respondBy: null,
  } as const;
}
