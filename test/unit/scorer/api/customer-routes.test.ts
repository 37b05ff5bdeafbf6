import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { featureNames } from '../../../../services/core/features/feature-catalogue.ts';
import { scorerApi } from '../../../../services/scorer/scorer-operations.ts';
import { aRecord } from '../../../support/builders.ts';
import { expectDescribed } from '../../../support/expect-described.ts';
import { openScorerApi, startedAt, surrogateOf } from './api-bench.ts';

const paths = ['/v1/customers/42', '/v1/customers/42/score'] as const;
const ann = surrogateOf('user', '42');
const day = 86_400_000;

interface Batch {
  scores: { customerId: string }[];
  missing: string[];
}

let api: ReturnType<typeof openScorerApi>;

beforeEach(() => {
  api = openScorerApi();
});
afterEach(() => api.server.close());

describe('the scorer API', () => {
  it.each([
    ['no token', {}],
    ['an unknown token', { authorization: 'Bearer nobody' }],
    ['a token of another scheme', { authorization: 'Basic demo-token' }],
    ['an empty token', { authorization: 'Bearer ' }],
  ])('answers 401 to %s on every path', async (_what, headers: Record<string, string>) => {
    await api.know(ann, [aRecord({ surrogate: ann })]);
    const calls = [
      ...paths.map((url) => ({ method: 'GET' as const, url, headers })),
      { method: 'POST' as const, url: '/v1/scores:batch', headers, payload: { ids: ['42'] } },
    ];
    for (const call of calls) {
      const response = await api.server.inject(call);
      expect(response.statusCode, call.url).toBe(401);
      expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(response.headers['www-authenticate']).toBe('Bearer');
      expect(response.json()).toMatchObject({ status: 401, code: 'ERR_UNAUTHORIZED' });
    }
  });

  it.each(['43', 'null', 'guest', '~00ff', `~${'g'.repeat(32)}`, `~${'0'.repeat(32)}`, 'user:', '%20', '%00', '%F0%9F%92%A9'])(
    'answers 404 with a problem to the id %s',
    async (id) => {
      for (const path of [`/v1/customers/${id}`, `/v1/customers/${id}/score`]) {
        const { status, type, body } = await api.get(path);
        expect(status, path).toBe(404);
        expect(type).toMatch(/^application\/problem\+json/);
        expect(body).toMatchObject({ status: 404, code: 'ERR_NOT_FOUND', detail: expect.stringContaining('customer') });
      }
    },
  ); // prettier-ignore

  it('answers what its description says, member for member', async () => {
    const full = {
      pAlive: 0.5,
      expectedSpend90d: { mean: 3, median: 2, currency: 'GBP' },
      clv: { mean: 3, low: 1, high: 9, horizonDays: 365, currency: 'GBP' },
      reasons: [{ code: 'silence', contribution: 0.4, en: 'quiet', zhCN: '沉默' }],
    };
    for (const score of [full, {}, null]) {
      await api.know(ann, [aRecord({ surrogate: ann })], score);
      expectDescribed(scorerApi, 'GET /v1/customers/{id}', (await api.get(paths[0])).body);
      if (score !== null) expectDescribed(scorerApi, 'GET /v1/customers/{id}/score', (await api.get(paths[1])).body);
      expectDescribed(scorerApi, 'POST /v1/scores:batch', (await api.batch({ ids: ['42', 'nobody'] })).body);
      await api.server.close();
      api = openScorerApi();
    }
  });

  it('says how an id is written to somebody who sent none', async () => {
    const { body } = await api.get('/v1/customers/null');
    expect(body).toMatchObject({ detail: expect.stringMatching(/user:ID.*~ followed by 32 hexadecimal digits/) });
  });

  it('takes 42, user:42 and the pseudonym for one customer, and anonymous:42 for another', async () => {
    const stranger = surrogateOf('anonymous', '42');
    await api.know(ann, [aRecord({ surrogate: ann })]);
    await api.know(stranger, [aRecord({ surrogate: stranger })]);
    for (const id of ['42', 'user:42', 'user%3A42', '%2042%20', `~${ann}`, `~${ann.toUpperCase()}`]) {
      for (const path of [`/v1/customers/${id}`, `/v1/customers/${id}/score`]) {
        expect(await api.get(path)).toMatchObject({ status: 200, body: { customerId: `~${ann}` } });
      }
    }
    const other = await api.get('/v1/customers/anonymous:42');
    expect(other).toMatchObject({ status: 200, body: { customerId: `~${stranger}` } });
  });

  it('never shows a customer of one tenant under the token of another', async () => {
    const theirs = surrogateOf('user', '42', 'other');
    await api.know(ann, [aRecord({ surrogate: ann })]);
    await api.know(theirs, [aRecord({ surrogate: theirs, tenant: 'other' })]);
    for (const id of [`~${ann}`, `~${theirs}`, '42']) {
      const mine = id === `~${theirs}` ? 404 : 200;
      const others = id === `~${ann}` ? 404 : 200;
      expect((await api.get(`/v1/customers/${id}`)).status, id).toBe(mine);
      expect((await api.get(`/v1/customers/${id}/score`, 'other-token')).status, id).toBe(others);
    }
    expect((await api.get('/v1/customers/42/score', 'other-token')).body).toMatchObject({ tenant: 'other' });
    const { body } = await api.batch({ ids: [`~${ann}`, `~${theirs}`] }, 'other-token');
    expect(body).toMatchObject({ scores: [{ customerId: `~${theirs}` }], missing: [`~${ann}`] });
  });
});

describe('GET /v1/customers/{id}/score', () => {
  it('answers the score with exactly its published fields and the time since its event', async () => {
    const receivedAt = startedAt - 2_500;
    const score = await api.know(ann, [aRecord({ surrogate: ann })], { receivedAt, supersedes: 'f'.repeat(32) });
    expect(await api.get('/v1/customers/42/score')).toMatchObject({ status: 200 });
    expect((await api.get('/v1/customers/42/score')).body).toEqual({
      customerRef: '42',
      customerId: `~${ann}`,
      tenant: 'demo',
      scoreId: score?.scoreId,
      version: 1,
      asOf: '2026-01-16',
      modelVersion: 'retention/1',
      backend: 'wasm',
      cause: 'event',
      churn: { 30: 0.75, 60: 0.65, 90: 0.6 },
      pAlive: null,
      expectedSpend90d: { mean: 120.5, median: 80.25, currency: 'GBP' },
      clv: null,
      level: 'high',
      tier: null,
      stage: null,
      reasons: null,
      nextBestAction: null,
      degraded: false,
      supersedes: 'f'.repeat(32),
      freshnessMs: 2_500,
    });
  });

  it('grows older with the clock and not with the number of readers', async () => {
    await api.know(ann, [aRecord({ surrogate: ann })], { receivedAt: startedAt });
    const freshness = async () =>
      ((await api.get('/v1/customers/42/score')).body as { freshnessMs: number }).freshnessMs;
    expect([await freshness(), await freshness()]).toEqual([0, 0]);
    await api.clock.advance(60_000);
    expect(await freshness()).toBe(60_000);
  });

  it('is never younger than now, also where the clock of ingest runs ahead', async () => {
    await api.know(ann, [aRecord({ surrogate: ann })], { receivedAt: startedAt + 5_000 });
    expect((await api.get('/v1/customers/42/score')).body).toMatchObject({ freshnessMs: 0 });
  });

  it('answers 404 for a customer who was never scored, and says so', async () => {
    await api.know(ann, [aRecord({ surrogate: ann })], null);
    const { status, body } = await api.get('/v1/customers/42/score');
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: 'ERR_NOT_FOUND', detail: expect.stringContaining('no score yet') });
  });
});

describe('GET /v1/customers/{id}', () => {
  const now = Date.UTC(2026, 0, 15, 12);

  it('shows every feature under its name, null where it is not defined, and the score', async () => {
    const orders = [
      aRecord({ surrogate: ann, occurredAt: now - 40 * day, reportingAmountMinor: 2_050 }),
      aRecord({ surrogate: ann, occurredAt: now, reportingAmountMinor: 1_000 }),
      aRecord({ surrogate: ann, occurredAt: now, type: 'order.cancelled', reportingAmountMinor: -300 }),
    ];
    await api.know(ann, orders, { receivedAt: startedAt });
    const { status, body } = await api.get('/v1/customers/42');
    expect(status).toBe(200);
    const { features, score, ...head } = body as { features: Record<string, number | null>; score: object };
    const kept = { customerRef: '42', customerId: `~${ann}`, tenant: 'demo', version: 3, asOf: '2026-01-16' };
    expect(head).toEqual({ ...kept, segments: {}, profile: null });
    expect(Object.keys(features)).toEqual(featureNames);
    expect(features).toMatchObject({
      orders: 2,
      spend: 30.5,
      spend_30: 10,
      spend_60: 30.5,
      recency_days: 1,
      gap_mean: 40,
      gap_sd: null,
      cancellations: 1,
      cancelled_amount: 3,
    });
    expect(score).toEqual((await api.get('/v1/customers/42/score')).body);
  });

  it('shows a customer who was never scored without a score', async () => {
    await api.know(ann, [aRecord({ surrogate: ann })], null);
    expect(await api.get('/v1/customers/42')).toMatchObject({ status: 200, body: { score: null, customerRef: null } });
  });
});

describe('POST /v1/scores:batch', () => {
  const bob = surrogateOf('user', 'bob');

  beforeEach(async () => {
    await api.know(ann, [aRecord({ surrogate: ann })]);
    await api.know(bob, [aRecord({ surrogate: bob })]);
  });

  it('answers the scores in the order of the ids, and names those it does not have', async () => {
    const { status, body } = await api.batch({ ids: ['bob', 'nobody', 'user:42', 'anonymous:42'] });
    expect(status).toBe(200);
    const { scores, missing } = body as Batch;
    expect(scores.map(({ customerId }) => customerId)).toEqual([`~${bob}`, `~${ann}`]);
    expect(missing).toEqual(['nobody', 'anonymous:42']);
    expect(scores[1]).toEqual((await api.get('/v1/customers/42/score')).body);
  });

  it('puts what is no id, and who has no score, among the missing and answers the rest', async () => {
    const carl = surrogateOf('user', 'carl');
    await api.know(carl, [aRecord({ surrogate: carl })], null);
    const { status, body } = await api.batch({ ids: ['null', '', '42', '~00', 'carl', '\u0000'] });
    expect(status).toBe(200);
    const { scores, missing } = body as Batch;
    expect(scores.map(({ customerId }) => customerId)).toEqual([`~${ann}`]);
    expect(missing).toEqual(['null', '', '~00', 'carl', '\u0000']);
  });

  it('takes 1000 ids, none, and the same one twice', async () => {
    const many = Array.from({ length: 999 }, (_, i) => `unknown-${i}`);
    const { status, body } = await api.batch({ ids: [...many, '42'] });
    expect(status).toBe(200);
    expect((body as Batch).scores).toHaveLength(1);
    expect((body as Batch).missing).toEqual(many);
    expect(await api.batch({ ids: [] })).toEqual({ status: 200, body: { scores: [], missing: [] } });
    expect(((await api.batch({ ids: ['42', 'user:42'] })).body as Batch).scores).toHaveLength(2);
  });

  it.each([
    ['a list alone', ['42']],
    ['no ids', {}],
    ['ids that are no list', { ids: '42' }],
    ['a number among the ids', { ids: ['42', 42] }],
    ['null among the ids', { ids: ['42', null] }],
    ['nothing', 'null'],
    ['1001 ids', { ids: Array.from({ length: 1001 }, (_, i) => `id-${i}`) }],
  ])('answers 400 to %s and says what the body must be', async (_what, payload) => {
    const { status, body } = await api.batch(payload);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      status: 400,
      code: 'ERR_USAGE',
      detail: expect.stringMatching(/"ids".*at most 1000/),
    });
  });

  it.each([
    ['broken JSON', '{"ids":["42",]}'],
    ['an empty body', ''],
  ])('answers 400 to %s', async (_what, payload) => {
    expect(await api.batch(payload)).toMatchObject({ status: 400, body: { code: 'ERR_JSON_INVALID' } });
  });

  it('is read by POST alone', async () => {
    expect(await api.get('/v1/scores:batch')).toMatchObject({
      status: 405,
      body: { detail: expect.stringContaining('POST') },
    });
  });
});
