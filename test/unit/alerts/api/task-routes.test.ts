import { hash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertsApi } from '../../../../services/alerts/alerts-operations.ts';
import { createTaskReader } from '../../../../services/alerts/api/task-reader.ts';
import { addTaskRoutes } from '../../../../services/alerts/api/task-routes.ts';
import { requireBearer } from '../../../../services/platform/http/bearer-auth.ts';
import { createHttpServer } from '../../../../services/platform/http/http-server.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';
import { createAlertsBench } from '../../../support/alerts-bench.ts';
import { expectDescribed } from '../../../support/expect-described.ts';
import { aScore } from '../../../support/score-builder.ts';

/** Of the service's routes only those of tasks are there. */
const isOfTasks = (route: string) => /^GET \/v1\/tasks(\/\{id\})?$/.test(route);
const ofTasks = Object.fromEntries(Object.entries(alertsApi.operations).filter(([route]) => isOfTasks(route)));

interface TaskJson {
  taskId: string;
  tenant: string;
  status: string;
  createdAt: string;
  customerId: string;
}
interface Page {
  tasks: TaskJson[];
  next: string | null;
}

const surrogateOf = (number: number) => number.toString(16).padStart(32, '0');

function openApi() {
  const bench = createAlertsBench();
  const tokens = ['demo', 'other'].map((tenant) => ({ hash: hash('sha256', `${tenant}-token`, 'hex'), tenant }));
  const server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('alerts'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
    api: { ...alertsApi, operations: ofTasks },
  });
  addTaskRoutes(server, { reader: createTaskReader(bench.store, bench.index), authorize: requireBearer(tokens) });
  const get = async (url: string, token = 'demo-token') => {
    const response = await server.inject({ url, headers: { authorization: `Bearer ${token}` } });
    return { status: response.statusCode, body: response.json<unknown>() };
  };
  const list = async (query = '', token?: string) => (await get(`/v1/tasks${query}`, token)).body as Page;
  return { bench, server, get, list };
}

describe('the task API', () => {
  let api: ReturnType<typeof openApi>;

  beforeEach(() => {
    api = openApi();
  });
  afterEach(() => api.server.close());

  /** Tasks of `count` customers, each received a minute after the one before; the last two tasks share a moment. */
  async function openTasks(count: number): Promise<void> {
    const scores = Array.from({ length: count }, (_, i) =>
      aScore({ surrogate: surrogateOf(i + 1), receivedAt: 1_700_000_000_000 + Math.min(i, count - 2) * 60_000 }),
    );
    await api.bench.deliver(scores);
  }

  it('lists nothing at first', async () => {
    expect(await api.list()).toEqual({ tasks: [], next: null });
  });

  it('lists newest first', async () => {
    await openTasks(5);
    const { tasks, next } = await api.list();
    const times = tasks.map((task) => task.createdAt);
    expect(times).toHaveLength(5);
    expect(times).toEqual([...times].sort().reverse());
    expect(next).toBeNull();
  });

  it.each([1, 2, 3, 4, 5, 6])('pages by %i through every task once, and stays in order', async (limit) => {
    await openTasks(5);
    const all = (await api.list()).tasks;
    const paged: TaskJson[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 10; pages++) {
      const page: Page = await api.list(`?limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(page.tasks.length).toBeLessThanOrEqual(limit);
      paged.push(...page.tasks);
      cursor = page.next;
    }
    expect(cursor).toBeNull();
    expect(paged).toEqual(all);
  });

  it('keeps 50 tasks per page when no limit is asked for', async () => {
    await openTasks(60);
    const page = await api.list();
    expect(page.tasks).toHaveLength(50);
    expect((await api.list(`?cursor=${page.next}`)).tasks).toHaveLength(10);
  });

  it('filters by status and owner', async () => {
    await openTasks(3);
    await api.bench.deliver([
      aScore({ surrogate: surrogateOf(2), stateVersion: 2, level: 'none', receivedAt: 1_700_000_600_000 }),
    ]);
    const customersOf = async (query: string) => (await api.list(query)).tasks.map((task) => task.customerId).sort();
    expect(await customersOf('?status=open')).toEqual([`~${surrogateOf(1)}`, `~${surrogateOf(3)}`]);
    expect(await customersOf('?status=retracted')).toEqual([`~${surrogateOf(2)}`]);
    expect(await customersOf('?status=claimed')).toEqual([]);
    expect(await customersOf('?owner=service&status=open')).toHaveLength(2);
    expect(await customersOf('?owner=sales')).toEqual([]);
  });

  it('lists by priority, and pages through every task once', async () => {
    const spends = [10, 500, 0, 75.5, 75.5];
    const scores = spends.map((mean, i) => {
      const expectedSpend90d = { mean, median: mean, currency: 'GBP' };
      return aScore({ surrogate: surrogateOf(i + 1), receivedAt: 1_700_000_000_000 + i, expectedSpend90d });
    });
    await api.bench.deliver(scores);
    const found: TaskJson[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: Page = await api.list(`?sort=priority&status=open&limit=2${next === '' ? '' : `&cursor=${next}`}`);
      found.push(...page.tasks);
      next = page.next;
    }
    expect(found.map(({ customerId }) => customerId)).toEqual([2, 5, 4, 1, 3].map((each) => `~${surrogateOf(each)}`));
  });

  it('takes no cursor of the other order', async () => {
    await openTasks(3);
    const [newest, best] = [await api.list('?limit=1'), await api.list('?limit=1&sort=priority')];
    expect((await api.get(`/v1/tasks?limit=1&sort=priority&cursor=${newest.next}`)).status).toBe(400);
    expect((await api.get(`/v1/tasks?limit=1&cursor=${best.next}`)).status).toBe(400);
  });

  it('shows customers who are left alone beside the others, but not as work of anybody', async () => {
    await openTasks(2);
    expect((await api.list('?arm=holdout')).tasks).toEqual([]);
    expect((await api.list('?arm=treated')).tasks).toHaveLength(2);
  });

  it('ends a search that finds little after some time, with a cursor to go on from', async () => {
    await openTasks(2_100);
    const first = await api.list('?owner=nobody&limit=199');
    expect(first.tasks).toEqual([]);
    expect(first.next).not.toBeNull();
    expect(await api.list(`?owner=nobody&limit=199&cursor=${first.next}`)).toEqual({ tasks: [], next: null });
  });

  it('shows a task as it is stored, even where the index is behind', async () => {
    await openTasks(2);
    const retraction = aScore({
      surrogate: surrogateOf(1),
      stateVersion: 2,
      level: 'none',
      receivedAt: 1_700_000_600_000,
    });
    await api.bench.deliver([retraction], { crashAfter: 'write' });
    expect((await api.list('?status=open')).tasks).toHaveLength(1);
    expect((await api.list()).tasks.map((task) => task.status).sort()).toEqual(['open', 'retracted']);
  });

  it('leaves out what the index names but no state holds', async () => {
    await openTasks(1);
    const [task] = api.bench.tasks();
    const orderKey = `${'9'.repeat(16)}:${'e'.repeat(32)}`;
    const ghost = { taskId: 'e'.repeat(32), surrogate: task.surrogate, orderKey, tenant: 'demo', version: 1 };
    const rankKey = `${'f'.repeat(16)}:${orderKey}`;
    const rest = { rankKey, arm: 'treated', queue: null, respondBy: null } as const;
    await api.bench.index.put([{ ...ghost, ...rest, status: 'open' }]);
    expect((await api.list()).tasks.map((each) => each.taskId)).toEqual([task.taskId]);
    expect((await api.get(`/v1/tasks/${ghost.taskId}`)).status).toBe(404);
  });

  it('gives one task by its id', async () => {
    await openTasks(2);
    const [task] = (await api.list()).tasks;
    expect(await api.get(`/v1/tasks/${task.taskId}`)).toEqual({ status: 200, body: task });
  });

  it('answers what its description says, member for member', async () => {
    await openTasks(2);
    await api.bench.deliver([
      aScore({ surrogate: surrogateOf(2), stateVersion: 2, level: 'none', receivedAt: 1_700_000_600_000 }),
    ]);
    const page = await api.list('?limit=1');
    expectDescribed(alertsApi, 'GET /v1/tasks', page);
    expectDescribed(alertsApi, 'GET /v1/tasks/{id}', (await api.get(`/v1/tasks/${page.tasks[0].taskId}`)).body);
  });

  it('keeps tenants apart', async () => {
    await api.bench.deliver([aScore(), aScore({ tenant: 'other' })]);
    const [mine] = (await api.list()).tasks;
    const [theirs] = (await api.list('', 'other-token')).tasks;
    expect([mine.tenant, theirs.tenant]).toEqual(['demo', 'other']);
    expect((await api.get(`/v1/tasks/${theirs.taskId}`)).status).toBe(404);
  });

  it.each(['unknown', 'e'.repeat(32), '%00', 'x'.repeat(500)])(
    'answers 404 with a problem for the task %s',
    async (id) => {
      const { status, body } = await api.get(`/v1/tasks/${id}`);
      expect(status).toBe(404);
      expect(body).toMatchObject({ status: 404, code: 'ERR_NOT_FOUND', detail: expect.stringContaining('id') });
    },
  );

  it.each([
    ['?status=done', 'status'],
    ['?status=', 'status'],
    ['?limit=0', 'limit'],
    ['?limit=201', 'limit'],
    ['?limit=1e2', 'limit'],
    ['?limit=-1', 'limit'],
    ['?owner=', 'owner'],
    ['?cursor=abc', 'cursor'],
    ['?cursor=', 'cursor'],
    ['?status=open&status=claimed', 'status'],
    ['?stauts=open', 'stauts'],
  ])('answers 400 naming what is wrong with %s', async (query, name) => {
    const { status, body } = await api.get(`/v1/tasks${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ status: 400, code: 'ERR_USAGE', detail: expect.stringContaining(name) });
  });

  it.each(['/v1/tasks', '/v1/tasks/x'])('answers 401 at %s without a known token', async (url) => {
    expect((await api.get(url, 'nobody')).status).toBe(401);
    expect((await api.server.inject({ url })).statusCode).toBe(401);
  });
});
