import { scorerApi } from '../../../../services/scorer/scorer-operations.ts';
import { expectDescribed } from '../../../support/expect-described.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aRecord } from '../../../support/builders.ts';
import { envelopeOf, openScorerApi, startedAt, surrogateOf } from './api-bench.ts';

const dayMs = 86_400_000;

interface Answer {
  readonly checked: number;
  readonly issues: readonly { readonly customerId: string; readonly kind: string; readonly field?: string }[];
  readonly next: string | null;
}

let api: ReturnType<typeof openScorerApi>;

beforeEach(() => {
  api = openScorerApi();
});
afterEach(() => api.server.close());

function told(user: string, source: string, daysAgo: number, fields: Readonly<Record<string, string>>) {
  const surrogate = surrogateOf('user', user);
  const occurredAt = startedAt - daysAgo * dayMs;
  const envelope = envelopeOf(fields, surrogate);
  return aRecord({ type: 'customer.upserted', surrogate, source, envelope, occurredAt });
}

/** All answers, one after the other. */
async function goThrough(limit: number): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let cursor: string | null = '0:'; cursor !== null;) {
    const { status, body } = await api.get(`/v1/profiles/issues?limit=${limit}&cursor=${cursor}`);
    expectDescribed(scorerApi, 'GET /v1/profiles/issues', body);
    expect(status).toBe(200);
    answers.push(body as Answer);
    cursor = (body as Answer).next;
  }
  return answers;
}

describe('GET /v1/profiles/issues', () => {
  it('lists what two sources say differently within 30 days, masked and with a repair', async () => {
    await api.tell([told('a', 'web', 1, { email: 'ann@x.org' }), told('a', 'pos', 31, { email: 'ann@y.org' })]);
    await api.tell([told('b', 'web', 1, { email: 'bo@x.org' }), told('b', 'pos', 32, { email: 'bo@y.org' })]);
    await api.tell([told('c', 'web', 1, { email: 'cy@x.org' }), told('c', 'pos', 2, { email: 'cy@x.org' })]);
    await api.tell([told('d', 'web', 1, { phone: 'null' }), told('d', 'pos', 2, { phone: '+442079460958' })]);
    const [{ checked, issues }] = await goThrough(100);
    expect(checked).toBe(4);
    expect(issues).toEqual([
      {
        customerId: `~${surrogateOf('user', 'a')}`,
        kind: 'contradiction',
        field: 'email',
        words: [
          expect.objectContaining({ value: 'a***@x***.org', source: 'web' }),
          expect.objectContaining({ value: 'a***@y***.org', source: 'pos' }),
        ],
        repair: expect.stringContaining('customer.upserted') as string,
      },
    ]);
  });

  it('lists profiles of which nobody has said anything for a year', async () => {
    await api.tell([told('a', 'web', 365, { email: 'ann@x.org' })]);
    await api.tell([told('b', 'web', 366, { email: 'bo@x.org', name: 'Bo' })]);
    await api.tell([told('c', 'web', 800, { email: 'cy@x.org' }), told('c', 'web', 3, { name: 'Cy' })]);
    const [{ issues }] = await goThrough(100);
    const since = new Date(startedAt - 366 * dayMs).toISOString();
    expect(issues).toMatchObject([{ customerId: `~${surrogateOf('user', 'b')}`, kind: 'stale', since }]);
  });

  it('goes through every customer of every owned partition once, however small its pages', async () => {
    const users = Array.from({ length: 13 }, (_, i) => `user-${i}`);
    for (const [i, user] of users.entries())
      await api.tell([told(user, 'web', 400, { name: 'Ann' })], [0, 3, 5][i % 3]);
    await api.tell([told('elsewhere', 'web', 400, { name: 'Ann' })], 4);
    for (const limit of [1, 2, 5, 1000]) {
      const answers = await goThrough(limit);
      expect(answers.every(({ checked }) => checked <= limit)).toBe(true);
      const found = answers.flatMap(({ issues }) => issues.map(({ customerId }) => customerId));
      expect(found.sort()).toEqual(users.map((user) => `~${surrogateOf('user', user)}`).sort());
    }
  });

  it('needs a token, shows no customer of another tenant, and says what a parameter must be', async () => {
    await api.tell([told('a', 'web', 400, { name: 'Ann' })]);
    expect((await api.get('/v1/profiles/issues', null)).status).toBe(401);
    expect((await api.get('/v1/profiles/issues', 'other-token')).body).toMatchObject({ checked: 0, issues: [] });
    for (const [query, detail] of [['limit=0', /1 to 1000/], ['cursor=x', /"next" of an earlier answer/], ['page=1', /use limit and cursor/]] as const) {
      const { status, body } = await api.get(`/v1/profiles/issues?${query}`);
      expect([status, body]).toEqual([400, expect.objectContaining({ detail: expect.stringMatching(detail) as string })]);
    } // prettier-ignore
  });
});
