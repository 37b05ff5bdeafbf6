import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { featureNames } from '../../../../services/core/features/feature-catalogue.ts';
import type { ExplainableModel } from '../../../../services/core/ports/explainable-model.ts';
import { createVectorHasher } from '../../../../services/core/scoring/vector-hash.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { loadModel } from '../../../../services/platform/tensorflow/load-model.ts';
import { scorerApi } from '../../../../services/scorer/scorer-operations.ts';
import { aRecord } from '../../../support/builders.ts';
import { expectDescribed } from '../../../support/expect-described.ts';
import { foldHistory, vectorOf } from '../../../support/fold-history.ts';
import { shippedModelDir } from '../../../support/model-copy.ts';
import { maxExplanations, openScorerApi, surrogateOf } from './api-bench.ts';

const ann = surrogateOf('user', '42');
const url = '/v1/customers/42/explanation';
const records = [aRecord({ surrogate: ann })];

interface Body {
  readonly reasons: readonly { readonly code: string; readonly text: Record<string, string> }[];
  readonly isOfScore: boolean;
}

let model: ExplainableModel;
let api: ReturnType<typeof openScorerApi>;

beforeAll(async () => {
  model = await loadModel(shippedModelDir);
});
afterAll(() => model.dispose());
beforeEach(() => {
  api = openScorerApi(model);
});
afterEach(() => api.server.close());

/** Of the score that the loaded model gives this state `days` days after its last event. */
function scoreAfter(days: number) {
  const state = foldHistory(records);
  const asOf = state.blocks[0].asOf + days;
  const vectorHash = createVectorHasher(nodeDigest, featureNames.length)(vectorOf(state, asOf), 0);
  return { asOf, vectorHash, modelVersion: `${model.manifest.name}/${model.manifest.version}` };
}

describe('GET /v1/customers/{id}/explanation', () => {
  it('explains the last score from the stored state, in two languages', async () => {
    const score = await api.know(ann, records, scoreAfter(200));
    const { status, body } = await api.get(url);
    expect(status).toBe(200);
    expect(body).toMatchObject({ scoreId: score?.scoreId, customerId: `~${ann}`, isOfScore: true });
    expectDescribed(scorerApi, 'GET /v1/customers/{id}/explanation', body);
    const { reasons } = body as Body;
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.length).toBeLessThanOrEqual(4);
    for (const { text } of reasons) expect(Object.keys(text)).toEqual(['en', 'zh-CN']);
    expect(reasons.map(({ code }) => code)).toContain('silence');
  });

  it('says so when the score was made of another vector, or by another model', async () => {
    await api.know(ann, records, { ...scoreAfter(200), vectorHash: 'f'.repeat(32) });
    expect((await api.get(url)).body).toMatchObject({ isOfScore: false });
    const ben = surrogateOf('user', '43');
    await api.know(ben, [aRecord({ surrogate: ben })], { ...scoreAfter(200), modelVersion: 'retention/1' });
    expect((await api.get('/v1/customers/43/explanation')).body).toMatchObject({ isOfScore: false });
  });

  it('explains one score by its id, from the vector it was made of, or not at all', async () => {
    expect(await api.get(`${url}?scoreid=x`)).toMatchObject({ status: 400, body: { code: 'ERR_USAGE' } });
    const ofScore = (id: string) => api.get(`${url}?scoreId=${id}`);
    const score = await api.know(ann, records, scoreAfter(0));
    if (score === null) throw new Error('no score');
    expect(await ofScore(score.scoreId)).toMatchObject({
      status: 200,
      body: { scoreId: score.scoreId, isOfScore: true },
    });
    expect(await ofScore('0'.repeat(32))).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining(score.scoreId) as string },
    });
    const ben = surrogateOf('user', '43');
    const byAnother = await api.know(ben, [aRecord({ surrogate: ben })], {
      ...scoreAfter(0),
      modelVersion: 'retention/1',
    });
    expect(await api.get(`/v1/customers/43/explanation?scoreId=${byAnother?.scoreId}`)).toMatchObject({ status: 404 });
    const cas = surrogateOf('user', '44');
    const lost = await api.know(cas, [aRecord({ surrogate: cas })], { ...scoreAfter(0), vectorHash: 'f'.repeat(32) });
    expect(await api.get(`/v1/customers/44/explanation?scoreId=${lost?.scoreId}`)).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('vector') as string },
    });
  });

  it('explains the vector of a score although a day has passed in silence since', async () => {
    const score = await api.know(ann, records, scoreAfter(0), { silentDays: 30 });
    expect((await api.get(url)).body).toMatchObject({ isOfScore: false });
    const { body } = await api.get(`${url}?scoreId=${score?.scoreId}`);
    expect(body).toMatchObject({ isOfScore: true, scoreId: score?.scoreId });
  });

  it('answers many at once as it answers each alone, as far as they may wait, and the others with 503', async () => {
    const ids = Array.from({ length: maxExplanations + 3 }, (_, i) => `c${i}`);
    const alone: object[] = [];
    for (const [i, id] of ids.entries()) {
      const surrogate = surrogateOf('user', id);
      const orders = Array.from({ length: i + 1 }, (_, n) => aRecord({ surrogate, eventId: `${id}-${n}` }));
      await api.know(surrogate, orders, scoreAfter(40 * i));
      alone.push(await api.get(`/v1/customers/${id}/explanation`));
    }
    const together = await Promise.all(ids.map((id) => api.get(`/v1/customers/${id}/explanation`)));
    const refused = together.filter(({ status }) => status === 503);
    expect(refused).toHaveLength(3);
    for (const { body } of refused) expect(body).toMatchObject({ code: 'ERR_OVERLOADED' });
    together.forEach((answer, i) => answer.status === 503 || expect(answer).toEqual(alone[i]));
    expect(await api.get('/v1/customers/c0/explanation')).toEqual(alone[0]);
  });

  it('answers 404 to the unknown, to those without a score and to other tenants, 401 without a token', async () => {
    expect(await api.get(url)).toMatchObject({ status: 404, body: { code: 'ERR_NOT_FOUND' } });
    await api.know(ann, records, null);
    expect(await api.get(url)).toMatchObject({ status: 404, body: { detail: 'The customer has no score yet.' } });
    expect(await api.get(url, 'other-token')).toMatchObject({ status: 404 });
    expect(await api.get(url, null)).toMatchObject({ status: 401 });
  });
});
