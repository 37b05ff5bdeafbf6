import { hash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertsApi } from '../../../../services/alerts/alerts-operations.ts';
import { addCommandRoutes } from '../../../../services/alerts/api/command-routes.ts';
import { createCommandService } from '../../../../services/alerts/api/command-service.ts';
import { createTaskReader } from '../../../../services/alerts/api/task-reader.ts';
import type { CommandFault } from '../../../../services/core/commands/command-fault.ts';
import type { RetentionCommand } from '../../../../services/core/commands/retention-command.ts';
import type { Clock } from '../../../../services/core/ports/clock.ts';
import type { DoneCommand } from '../../../../services/core/tasks/task-state.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { requireBearer } from '../../../../services/platform/http/bearer-auth.ts';
import { createHttpServer } from '../../../../services/platform/http/http-server.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';
import { alertsCodecs, createAlertsBench } from '../../../support/alerts-bench.ts';
import { expectDescribed } from '../../../support/expect-described.ts';
import { aScore } from '../../../support/score-builder.ts';

const wireBytes = 5;
const startAt = 1_800_000_000_000;

/** A clock on which sleeping is the only thing that takes time. */
function sleepingClock(): Clock {
  let now = startAt;
  return {
    now: () => now,
    sleep: (durationMs) => {
      now += durationMs;
      return Promise.resolve();
    },
  };
}

async function openApi() {
  const bench = createAlertsBench();
  await bench.deliver([aScore()]);
  const [task] = bench.tasks();
  const commands: RetentionCommand[] = [];
  const done: DoneCommand[] = [];
  const owner = { isAway: false, fault: null as CommandFault | null };
  const clock = sleepingClock();
  let ids = 0;
  const service = createCommandService({
    // Whoever owns the partition has dealt with what stands in the log, unless it is away.
    readState: async () => ({ ...(await bench.stateOf(aScore())), commands: done }),
    sink: {
      publish: (records) => {
        for (const { key, topic, value } of records) {
          const command = alertsCodecs.commands.decodeBody((value as Buffer).subarray(wireBytes));
          expect([topic, key]).toEqual(['commands', command.surrogate]);
          commands.push(command);
          const { commandId, digest, taskId: subject } = command;
          if (!owner.isAway) done.push({ commandId, digest, subject, fault: owner.fault });
        }
        return Promise.resolve();
      },
      stop: () => Promise.resolve(),
    },
    codec: alertsCodecs.commands,
    topic: 'commands',
    digest: nodeDigest,
    clock,
    newId: () => `random-${ids++}`,
  });
  const tokens = ['demo', 'other'].map((tenant) => ({
    hash: hash('sha256', `${tenant}-token`, 'hex'),
    tenant,
    name: `token-${tenant}`,
  }));
  const server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('alerts'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
  });
  addCommandRoutes(server, {
    reader: createTaskReader(bench.store, bench.index),
    commands: service,
    surrogateOf: (_tenant, id) => (id.startsWith('~') ? id.slice(1) : null),
    authorize: requireBearer(tokens),
  });
  const post = async (url: string, payload?: object, headers: Readonly<Record<string, string>> = {}) => {
    const authorization = 'Bearer demo-token';
    const response = await server.inject({ method: 'POST', url, payload, headers: { authorization, ...headers } });
    return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
  };
  return { task, commands, owner, clock, server, post, path: `/v1/tasks/${task.taskId}` };
}

describe('the command API', () => {
  let api: Awaited<ReturnType<typeof openApi>>;

  beforeEach(async () => {
    api = await openApi();
  });
  afterEach(() => api.server.close());

  const bodies = {
    claim: { actor: 'anna', leaseMinutes: 30 },
    assign: { owner: 'service-lead' },
    respond: { note: 'called back' },
    resolve: { result: 'kept', reason: 'price', note: 'took the offer' },
    snooze: { until: '2027-02-01T10:00:00+01:00', state: 'waits for parts' },
    escalate: {},
    outcome: { result: 'lost', reason: 'competitor' },
    note: { note: 'prefers mornings' },
  } as const;

  it.each(Object.entries(bodies))('%s: puts the command into the log and answers the task', async (verb, body) => {
    const { status, body: answer } = await api.post(`${api.path}/${verb}`, body);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ taskId: api.task.taskId });
    expectDescribed(alertsApi, `POST /v1/tasks/{id}/${verb}`, answer);
    const { surrogate, taskId } = api.task;
    expect(api.commands).toMatchObject([
      { verb, tenant: 'demo', surrogate, taskId, commandId: 'random-0', at: startAt },
    ]);
  });

  it('says in the command what the body says', async () => {
    await api.post(`${api.path}/claim`, bodies.claim);
    await api.post(`${api.path}/snooze`, bodies.snooze);
    await api.post(`${api.path}/resolve`, bodies.resolve);
    expect(api.commands).toMatchObject([
      { actor: 'anna', until: api.commands[0].at + 1_800_000 },
      { actor: 'token-demo', until: Date.UTC(2027, 1, 1, 9), state: 'waits for parts' },
      { result: 'kept', reason: 'price', note: 'took the offer', until: null },
    ]);
  });

  it('takes no body for nothing to say', async () => {
    expect((await api.post(`${api.path}/escalate`)).status).toBe(200);
  });

  it('answers 409 with the sentence of the fault when it may not be done', async () => {
    api.owner.fault = 'claimed-by-other';
    const { status, body } = await api.post(`${api.path}/claim`, {});
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'ERR_COMMAND_REFUSED', detail: expect.stringMatching(/^claimed-by-other: .+\.$/) });
  }); // prettier-ignore

  it('answers 202 with the id of the command when nothing shows within two seconds', async () => {
    api.owner.isAway = true;
    const { status, body } = await api.post(`${api.path}/claim`, {});
    expect([status, body]).toEqual([202, { commandId: 'random-0' }]);
    expectDescribed(alertsApi, 'POST /v1/tasks/{id}/claim', body, 202);
    expect(api.clock.now()).toBe(startAt + 2_000);
  });

  it('gives the first answer to the same key again and puts nothing into the log', async () => {
    const key = { 'idempotency-key': 'call-17' };
    const first = await api.post(`${api.path}/claim`, bodies.claim, key);
    const again = await api.post(`${api.path}/claim`, bodies.claim, key);
    expect(again).toEqual(first);
    expect(api.commands).toHaveLength(1);
    api.owner.fault = 'already-resolved';
    const other = { 'idempotency-key': 'call-18' };
    const refused = await api.post(`${api.path}/resolve`, bodies.resolve, other);
    api.owner.fault = null;
    expect(await api.post(`${api.path}/resolve`, bodies.resolve, other)).toEqual(refused);
  });

  it('makes the same command of the same key while nobody has dealt with it', async () => {
    api.owner.isAway = true;
    const key = { 'idempotency-key': 'call-17' };
    const answers = [await api.post(`${api.path}/note`, bodies.note, key), await api.post(`${api.path}/note`, bodies.note, key)];
    expect(new Set(answers.map(({ body }) => body.commandId)).size).toBe(1);
    const [one, two] = api.commands;
    expect(two).toEqual({ ...one, at: two.at });
  }); // prettier-ignore

  it('refuses one key for two things', async () => {
    const key = { 'idempotency-key': 'call-17' };
    await api.post(`${api.path}/note`, { note: 'one' }, key);
    const { status, body } = await api.post(`${api.path}/note`, { note: 'two' }, key);
    expect([status, body.detail]).toEqual([409, expect.stringMatching(/^other-content: /)]);
    expect(api.commands).toHaveLength(1);
  });

  it.each([
    ['claim', { leaseMinutes: 0 }, 'leaseMinutes'],
    ['claim', { actor: '' }, 'actor'],
    ['assign', {}, 'owner'],
    ['resolve', { result: 'won' }, 'result'],
    ['resolve', { result: 'kept', reason: 'weather' }, 'reason'],
    ['snooze', { until: 'tomorrow' }, 'until'],
    ['snooze', { until: '2027-02-01T10:00:00' }, 'until'],
    ['note', { note: '   ' }, 'note'],
    ['respond', { colour: 'red' }, 'colour'],
    ['respond', [], 'object'],
  ])('%s %j: 400 names %s', async (verb, body, field) => {
    const { status, body: problem } = await api.post(`${api.path}/${verb}`, body);
    expect([status, problem.code]).toEqual([400, 'ERR_USAGE']);
    expect(problem.detail).toContain(field);
    expect(api.commands).toEqual([]);
  });

  it('refuses a key that cannot be one', async () => {
    const { status } = await api.post(`${api.path}/claim`, {}, { 'idempotency-key': 'x'.repeat(201) });
    expect(status).toBe(400);
  });

  it('knows no task of another tenant, and none that is not there', async () => {
    const other = { authorization: 'Bearer other-token' };
    expect((await api.post(`${api.path}/claim`, {}, other)).status).toBe(404);
    expect((await api.post(`/v1/tasks/${'0'.repeat(32)}/claim`, {})).status).toBe(404);
    expect(api.commands).toEqual([]);
  });

  it('leaves a customer alone, until a time or no more', async () => {
    const customer = `/v1/customers/~${'a'.repeat(32)}/leave-alone`;
    const { status, body } = await api.post(customer, { until: '2027-01-01T00:00:00Z' });
    expect(status).toBe(200);
    expectDescribed(alertsApi, 'POST /v1/customers/{id}/leave-alone', body);
    expect((await api.post(customer, { until: null })).body).toMatchObject({ until: null });
    expect(api.commands).toMatchObject([
      { verb: 'leave-alone', surrogate: 'a'.repeat(32), taskId: null, until: Date.UTC(2027, 0, 1) },
      { verb: 'leave-alone', until: null },
    ]);
    expect((await api.post(customer, {})).body.detail).toContain('until');
    expect((await api.post('/v1/customers/ /leave-alone', { until: null })).status).toBe(404);
  });
});
