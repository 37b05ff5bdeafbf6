import { afterEach, describe, expect, it } from 'vitest';
import { applyCaseCommand } from '../../../../services/core/cases/apply-case-command.ts';
import { type CaseBook, emptyCaseBook } from '../../../../services/core/cases/case-book.ts';
import { caseIndexEntries } from '../../../../services/core/cases/case-index-entries.ts';
import type { CommandFault } from '../../../../services/core/commands/command-fault.ts';
import type { RetentionCommand } from '../../../../services/core/commands/retention-command.ts';
import { addCaseRoutes } from '../../../../services/alerts/api/case-routes.ts';
import { createCaseReader } from '../../../../services/alerts/api/case-reader.ts';
import { caseOperations } from '../../../../services/alerts/describe-cases.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { createHttpServer } from '../../../../services/platform/http/http-server.ts';
import { createMemoryCaseIndex } from '../../../../services/platform/memory/memory-case-index.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';
import { expectDescribed } from '../../../support/expect-described.ts';
import { shippedServiceRules } from '../../../support/shipped-service-rules.ts';

const { cases: rules } = await shippedServiceRules();
const api = { title: 'Cases', description: 'Cases.', operations: caseOperations };
const jane = `~${'1'.repeat(32)}`;
const li = `~${'2'.repeat(32)}`;

let close: (() => Promise<unknown>) | undefined;
afterEach(() => close?.());

/** A server whose commands are applied at once, to books in memory. */
function serve({ isPending = false } = {}) {
  const books = new Map<string, CaseBook>();
  const sent: RetentionCommand[] = [];
  const index = createMemoryCaseIndex();
  const server = createHttpServer({
    logger: createLogger({ name: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    ready: () => ({ ready: true, reasons: [], partitions: [] }),
    api,
  });
  let keys = 0;
  addCaseRoutes(server, {
    reader: createCaseReader(
      (customers) => Promise.resolve(customers.map(({ surrogate }) => books.get(surrogate) ?? null)),
      index,
    ),
    sender: {
      async send(command): Promise<{ kind: 'applied' | 'refused' | 'pending'; fault: CommandFault | null }> {
        sent.push(command);
        if (isPending) return { kind: 'pending', fault: null };
        const { book, fault } = applyCaseCommand(books.get(command.surrogate) ?? emptyCaseBook, command, rules);
        books.set(command.surrogate, book);
        await index.put(caseIndexEntries(command, book, rules));
        return { kind: fault === null ? 'applied' : 'refused', fault: fault as CommandFault | null };
      },
    },
    clock: { now: () => 1_780_000_000_000 + sent.length * 1000, sleep: () => Promise.resolve() },
    digest: nodeDigest,
    rulesOf: () => rules,
    surrogateOf: (_tenant, customer) => (customer.startsWith('~') ? customer.slice(1) : null),
    newKey: () => `key-${(keys += 1)}`,
    authorize: (request) => {
      request.tenant = 'demo';
      return Promise.resolve();
    },
  });
  close = () => server.close();
  const post = async (url: string, payload: object, headers: Record<string, string> = {}) => {
    const { statusCode, body } = await server.inject({ method: 'POST', url, payload, headers });
    return { status: statusCode, body: JSON.parse(body) as Record<string, never> };
  };
  const get = async (url: string) => {
    const { statusCode, body } = await server.inject(url);
    return { status: statusCode, body: JSON.parse(body) as Record<string, never> };
  };
  return { post, get, sent };
}

describe('the case routes', () => {
  it('open a case and take it to its end, as described', async () => {
    const { post, get } = serve();
    const opening = { customer: jane, channel: 'call', nature: 'product', weight: 'urgent', isComplaint: true };
    const opened = await post('/v1/cases', opening, { 'x-actor': 'anna' });
    expect(opened.status).toBe(201);
    expectDescribed(api, 'POST /v1/cases', opened.body, 201);
    const id = String(opened.body['caseId']);
    const step = (verb: string, payload: object = {}) => post(`/v1/cases/${id}/${verb}?customer=${jane}`, payload);
    for (const [verb, payload] of [
      ['assign', { owner: 'anna' }],
      ['respond', {}],
      ['wait', { state: 'waiting-for-customer' }],
      ['resume', {}],
      ['progress', { toCustomer: true }],
      ['sort', { weight: 'complex' }],
      ['resolve', { causeCode: 'product-defect' }],
    ] as const) {
      const done = await step(verb, payload);
      expect(done.status, verb).toBe(200);
      expectDescribed(api, `POST /v1/cases/{id}/${verb}`, done.body);
    }
    const early = await step('close');
    expect(early).toMatchObject({ status: 409, body: { code: 'ERR_STATE_CONFLICT' } });
    expect(early.body['detail']).toContain('nobody has asked the customer yet');
    expect((await step('follow-up')).status).toBe(200);
    expect((await step('close')).status).toBe(200);
    expect((await step('reopen')).status).toBe(200);
    const read = await get(`/v1/cases/${id}?customer=${jane}`);
    expectDescribed(api, 'GET /v1/cases/{id}', read.body);
    expect(read.body).toMatchObject({
      status: 'handled',
      nature: 'product',
      weight: 'complex',
      owner: 'anna',
      reopenings: 1,
    });
  });

  it('list the most urgent first, page by page', async () => {
    const { post, get } = serve();
    await post('/v1/cases', { customer: jane, channel: 'email' });
    await post('/v1/cases', { customer: li, channel: 'email', weight: 'urgent', nature: 'after-sales' });
    await post('/v1/cases', { customer: jane, channel: 'chat', weight: 'complex' });
    const first = await get('/v1/cases?limit=2');
    expectDescribed(api, 'GET /v1/cases', first.body);
    const weights = (page: { body: Record<string, never> }) =>
      (page.body['cases'] as { weight: string }[]).map(({ weight }) => weight);
    expect(weights(first)).toEqual(['urgent', 'complex']);
    expect(weights(await get(`/v1/cases?limit=2&cursor=${String(first.body['next'])}`))).toEqual(['routine']);
    expect(weights(await get('/v1/cases?queue=nobody'))).toEqual([]);
    expect(weights(await get('/v1/cases?status=closed'))).toEqual([]);
    expect(weights(await get('/v1/cases?status=opened&queue=service'))).toHaveLength(3);
  });

  it('make one case of a repeated request, and one command of one key', async () => {
    const { post, sent } = serve();
    const opening = { customer: jane, channel: 'email' };
    const headers = { 'idempotency-key': 'k-1' };
    await post('/v1/cases', opening, headers);
    await post('/v1/cases', opening, headers);
    await post('/v1/cases', { ...opening, channel: 'chat' }, headers);
    expect(new Set(sent.map(({ commandId }) => commandId)).size).toBe(1);
    expect(new Set(sent.map(({ caseId }) => caseId)).size).toBe(1);
    expect(sent[0]?.digest).toBe(sent[1]?.digest);
    expect(sent[2]?.digest).not.toBe(sent[0]?.digest);
  });

  it('say that a command is not done yet', async () => {
    const { post } = serve({ isPending: true });
    const opened = await post('/v1/cases', { customer: jane, channel: 'email' });
    expect(opened).toMatchObject({ status: 202, body: { result: 'pending', case: null } });
    expectDescribed(api, 'POST /v1/cases', opened.body, 202);
  });

  it.each([
    ['/v1/cases', { channel: 'email' }, 400, 'customer'],
    ['/v1/cases', { customer: 'nobody', channel: 'email' }, 400, 'customer must name somebody'],
    ['/v1/cases', { customer: jane, channel: 'fax' }, 400, 'channel'],
    ['/v1/cases', { customer: jane, channel: 'email', weight: 'service' }, 400, 'weight'],
    ['/v1/cases', { customer: jane, channel: 'email', colour: 'red' }, 400, 'colour'],
    [`/v1/cases/c-1/respond?customer=${jane}`, {}, 404, 'unknown-case'],
    ['/v1/cases/c-1/respond', {}, 400, 'customer'],
    [`/v1/cases/c-1/wait?customer=${jane}`, { state: 'lunch' }, 400, 'state must be one of waiting-for-customer'],
    [`/v1/cases/c-1/close?customer=${jane}`, { causeCode: 'x' }, 400, 'causeCode must be one of product-defect'],
    [`/v1/cases/c-1/assign?customer=${jane}`, {}, 400, 'owner'],
  ])('refuse POST %s %j with %i, naming what is wrong', async (url, payload, status, what) => {
    const answer = await serve().post(url, payload);
    expect(answer.status).toBe(status);
    expect(String(answer.body['detail'])).toContain(what);
  });

  it.each([
    [`/v1/cases/c-1?customer=${jane}`, 404, 'no such case'],
    ['/v1/cases?status=done', 400, 'status'],
    ['/v1/cases?limit=0', 400, 'limit'],
    ['/v1/cases?cursor=x', 400, 'cursor'],
    ['/v1/cases?page=2', 400, 'page'],
  ])('refuse GET %s with %i', async (url, status, what) => {
    const answer = await serve().get(url);
    expect(answer.status).toBe(status);
    expect(String(answer.body['detail'])).toContain(what);
  });
});
