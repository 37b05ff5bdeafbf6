import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readServedPolicy } from '../../../../services/platform/runtime/read-served-policy.ts';
import { scorerApi } from '../../../../services/scorer/scorer-operations.ts';
import { expectDescribed } from '../../../support/expect-described.ts';
import { alikePolicyFile, aPolicyFile } from '../../../support/a-policy.ts';
import { aRecord } from '../../../support/builders.ts';
import { openScorerApi, surrogateOf } from './api-bench.ts';

const ann = surrogateOf('user', '42');
const url = '/v1/customers/42/next-best-action';
const records = [aRecord({ surrogate: ann })];

let dir: string;
let api: ReturnType<typeof openScorerApi> | null = null;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'policy-'));
});
afterAll(() => rm(dir, { recursive: true }));
afterEach(async () => {
  await api?.server.close();
  api = null;
});

/** Opens the interface with a policy and, where given, offers; the customer 42 bought yesterday. */
async function open(policy: object | null, offers: string | null = null) {
  const files = [join(dir, 'policy.json'), join(dir, 'offers.yaml')];
  if (policy !== null) await writeFile(files[0], JSON.stringify(policy));
  if (offers !== null) await writeFile(files[1], offers);
  const served = await readServedPolicy(policy === null ? null : files[0], offers === null ? null : files[1]);
  const opened = openScorerApi(null, served);
  api = opened;
  await opened.know(ann, records);
  return opened;
}

const offers = `
offers:
  mail: { consent: email, regions: [EU] }
  text: { languages: [zh-CN], cost: 2 }
`;

describe('GET /v1/customers/{id}/next-best-action', () => {
  it('takes the action that the customer’s own figures speak for, with what it is expected to bring', async () => {
    const { get } = await open(aPolicyFile());
    const { status, body } = await get(url);
    expect(status).toBe(200);
    expectDescribed(scorerApi, 'GET /v1/customers/{id}/next-best-action', body);
    expect(body).toMatchObject({
      customerId: `~${ann}`,
      action: 'mail',
      basis: 'per-customer',
      propensity: 1,
      expectedGain: 0,
      ruledOut: [],
      unknownContext: ['zone'],
      policy: { treatsAllAlike: false, learnt: { rows: 900, propensity: { mail: 1 / 3, none: 1 / 3, text: 1 / 3 } } },
      report: { types: ['offer.shown', 'offer.accepted', 'offer.rejected'] },
    });
    const later = { asOf: Math.floor(Date.UTC(2026, 5, 1) / 86_400_000) };
    const ben = surrogateOf('user', '43');
    await api?.know(ben, [aRecord({ surrogate: ben })], later);
    expect((await get('/v1/customers/43/next-best-action?context.zone=city')).body).toMatchObject({
      action: 'text',
      unknownContext: [],
      report: { properties: { offerId: 'text', propensity: 1 } },
    });
  });

  it('says that a policy treats all alike', async () => {
    const { get } = await open(alikePolicyFile);
    expect((await get(url)).body).toMatchObject({
      action: 'mail',
      basis: 'all-alike',
      expectedGain: null,
      reason: { en: expect.stringContaining('900 logged rows') as string, 'zh-CN': expect.stringContaining('900') as string },
      policy: { treatsAllAlike: true },
    }); // prettier-ignore
  });

  it.each([
    ['', ['mail', 'consent'], 'text'],
    ['?consent=email,sms', null, 'mail'],
    ['?consent=email&region=US', ['mail', 'region'], 'text'],
    ['?consent=email&region=EU', null, 'mail'],
    ['?consent=email&outOfStock=mail', ['mail', 'stock'], 'text'],
    ['?consent=&language=en', ['text', 'language'], 'none'],
    ['?budget=1', ['text', 'budget'], 'none'],
  ])(
    'keeps to consent, region, language, budget and stock as far as they are known: %s',
    async (query, out, action) => {
      const { get } = await open(alikePolicyFile, offers);
      const { body } = await get(url + query);
      expect(body).toMatchObject({ action, propensity: 1 });
      const { ruledOut } = body as { ruledOut: { action: string; because: string }[] };
      if (out === null) expect(ruledOut.map((each) => each.action)).not.toContain('mail');
      else expect(ruledOut).toContainEqual({ action: out[0], because: out[1] });
    },
  );

  it('takes no action where none is allowed, and says so', async () => {
    const { get } = await open(alikePolicyFile);
    expect((await get(`${url}?outOfStock=mail,none,text`)).body).toMatchObject({
      action: null,
      basis: null,
      propensity: 0,
      report: null,
    });
  });

  it('draws a share of the answers, with the propensity of each, and repeats itself', async () => {
    const { get, know } = await open(alikePolicyFile, 'explore: 0.6');
    const seen = new Map<string, number>();
    for (let id = 0; id < 300; id++) {
      const surrogate = surrogateOf('user', `c${id}`);
      await know(surrogate, [aRecord({ surrogate })]);
      const first = await get(`/v1/customers/c${id}/next-best-action`);
      expect(await get(`/v1/customers/c${id}/next-best-action`)).toEqual(first);
      const { action, propensity, basis } = first.body as { action: string; propensity: number; basis: string };
      expect(propensity).toBeCloseTo(action === 'mail' ? 0.6 : 0.2, 12);
      expect(basis).toBe(action === 'mail' ? 'all-alike' : 'explored');
      seen.set(action, (seen.get(action) ?? 0) + 1);
    }
    // five standard errors
    for (const [action, p] of [['mail', 0.6], ['none', 0.2], ['text', 0.2]] as const)
      expect(Math.abs((seen.get(action) ?? 0) - 300 * p)).toBeLessThan(5 * Math.sqrt(300 * p * (1 - p))); // prettier-ignore
  });

  it('answers 404 without a policy, to the unknown and to those who may not be profiled, 400 to what it does not know', async () => {
    const bare = await open(null);
    expect(await bare.get(url)).toMatchObject({ status: 404, body: { detail: expect.stringContaining('TIDEWATCH_POLICY_FILE') as string } }); // prettier-ignore
    await bare.server.close();
    const { get, know } = await open(alikePolicyFile);
    expect(await get('/v1/customers/none/next-best-action')).toMatchObject({ status: 404 });
    expect(await get(url, 'other-token')).toMatchObject({ status: 404 });
    expect(await get(url, null)).toMatchObject({ status: 401 });
    for (const query of ['?conset=email', '?budget=much', '?budget=-1', '?region=EU&region=US'])
      expect(await get(url + query)).toMatchObject({ status: 400, body: { code: 'ERR_USAGE' } });
    const ben = surrogateOf('user', '43');
    await know(ben, [aRecord({ surrogate: ben })], {}, { isWithheld: true });
    expect(await get('/v1/customers/43/next-best-action')).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('may not be profiled') as string },
    });
  });
});

/** A policy file whose first column is written otherwise. */
function withColumn(column: unknown): object {
  const zone = { kind: 'category', name: 'zone', values: ['city'] };
  return aPolicyFile({ perCustomer: { columns: [column, zone], models: [[1, 0, 0, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0, 0, 0]] } }); // prettier-ignore
}

describe('a policy that cannot be served', () => {
  it.each([
    ['offers for an action it has not', aPolicyFile(), 'offers: { fax: {} }', /offers\.fax: the policy has no such action/],
    ['offers that are no offers', aPolicyFile(), 'offers: { mail: { regoins: [EU] } }', /regoins/],
    ['a share above 1', aPolicyFile(), 'explore: 2', /explore: must be 0 to 1/],
    ['models that do not fit', aPolicyFile({ context: ['zone'] }), null, /its columns are not those of its context/],
    ['another format', aPolicyFile({ format: 2 }), null, /its format is not 1/],
    ['no word on what it was learnt from', aPolicyFile({ learnt: undefined }), null, /learnt from/],
    ['half a word on what it was learnt from', aPolicyFile({ learnt: { rows: 1, propensity: 'p' } }), null, /learnt from/],
    ['an arm twice', aPolicyFile({ arms: ['mail', 'mail', 'text'] }), null, /no list of two arms or more/],
    ['a context that is no name', aPolicyFile({ context: [{}, 'zone'] }), null, /no list of context columns/],
    ['a column that is nothing', withColumn(null), null, /context column "recency_days" becomes inputs/],
    ['a column of another name', withColumn({ kind: 'number', name: 'age', mean: 1, sd: 1 }), null, /"recency_days"/],
    ['a column without a spread', withColumn({ kind: 'number', name: 'recency_days', mean: 1, sd: 0 }), null, /"recency_days"/],
    ['a column without figures', withColumn({ kind: 'number', name: 'recency_days' }), null, /"recency_days"/],
    ['a column of another kind', withColumn({ kind: 'text', name: 'recency_days', values: [] }), null, /"recency_days"/],
    ['a category without values', withColumn({ kind: 'category', name: 'recency_days' }), null, /"recency_days"/],
    ['an arm that nobody judged', aPolicyFile({ judged: [null] }), null, /how good its arms are/],
    ['an arm judged without a value', aPolicyFile({ judged: [{ name: 'mail' }] }), null, /how good its arms are/],
  ])('is refused with what is wrong: %s', async (_what, policy, offersText, message) => {
    await expect(open(policy, offersText)).rejects.toThrow(message);
  }); // prettier-ignore

  it('is refused where only offers are given', async () => {
    await expect(readServedPolicy(null, join(dir, 'offers.yaml'))).rejects.toThrow(/TIDEWATCH_POLICY_FILE/);
  });
});
