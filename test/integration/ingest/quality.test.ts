import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAesSealer } from '../../../services/platform/crypto/aes-sealer.ts';
import { ingestApi } from '../../../services/ingest/ingest-operations.ts';
import { expectDescribed } from '../../support/expect-described.ts';
import { eventually } from '../../support/eventually.ts';
import { createIngestInstallation } from '../../support/ingest-installation.ts';
import type { IngestInstallation } from '../../support/ingest-installation.ts';
import { startService } from '../../support/service-process.ts';
import type { ServiceProcess } from '../../support/service-process.ts';

let world: IngestInstallation;
let ingest: ServiceProcess;
let env: Readonly<Record<string, string>>;

const plan = `
format: 1
version: quality
country: GB
events:
  customer.upserted:
    keep: [email, phone, country]
`;

beforeAll(async () => {
  world = await createIngestInstallation();
  const file = `${world.env['TIDEWATCH_INSTALLATION_FILE']}.plan.yaml`;
  await writeFile(file, plan);
  env = { ...world.env, TIDEWATCH_PLAN_FILE: file };
  ingest = await startService('ingest', env);
});

afterAll(async () => {
  await ingest.stop();
  await world.remove();
});

type Sent = Readonly<Record<string, unknown>>;

/** Each test has a source of its own. */
async function send(source: string, events: readonly Sent[]): Promise<Record<string, { result: string }>> {
  const headers = { 'x-write-key': world.sourceKeys[source] };
  const answer = await fetch(`${ingest.url}/v1/events`, { method: 'POST', headers, body: JSON.stringify({ events }) });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { results: Record<string, { result: string }> }).results;
}

interface Score {
  readonly good: number;
  readonly all: number;
  readonly score: number;
}
interface Answer {
  readonly sources: readonly {
    readonly source: string;
    readonly scores: Record<string, Score>;
    readonly fields: readonly {
      readonly type: string;
      readonly field: string;
      readonly scores: Record<string, Score>;
    }[];
    readonly rules: Record<string, number>;
    readonly surplus: number;
  }[];
}

const ask = (query = '', token = world.token) =>
  fetch(`${ingest.url}/v1/quality${query}`, { headers: { authorization: `Bearer ${token}` } });
const report = async (query = ''): Promise<Answer> => {
  const body = (await (await ask(query)).json()) as Answer;
  expectDescribed(ingestApi, 'GET /v1/quality', body);
  return body;
};

const now = Date.now();
const hour = 3_600_000;

/** Every mix of the ways in which an order can be good and bad. */
const orders = ['o1', null].flatMap((orderId) =>
  ['GBP', 'gbp', undefined].flatMap((currency) =>
    ['DE', 'Germany', 'Atlantis', undefined].flatMap((country) =>
      [1, 72, undefined].flatMap((hours) =>
        [10, 'NaN'].map((amount) => ({ orderId, currency, country, hours, amount })),
      ),
    ),
  ),
);
type Order = (typeof orders)[number];

const toEvent = ({ orderId, currency, country, hours, amount }: Order, index: number): Sent => ({
  id: `order-${index}`,
  type: 'order.placed',
  userId: `u${index}`,
  ...(hours === undefined ? {} : { time: new Date(now - hours * hour).toISOString() }),
  ...{ amount, currency, properties: { orderId, country } },
});

/** The scores by their definitions, counted one by one. */
function recompute() {
  const accepted = orders.filter(({ amount }) => amount === 10);
  const count = (list: readonly Order[], isGood: (order: Order) => boolean) => list.filter(isGood).length;
  const withTime = accepted.filter(({ hours }) => hours !== undefined);
  const withCountry = accepted.filter(({ country }) => country !== undefined);
  const rightCountry = withCountry.filter(({ country }) => country !== 'Atlantis');
  const withCurrency = accepted.filter(({ currency }) => currency !== undefined);
  const filled =
    accepted.length + withCurrency.length + withTime.length + count(accepted, (order) => order.orderId !== null);
  const conflicts = 1;
  return {
    completeness: [filled, accepted.length * 4],
    accuracy: [
      accepted.length + withCurrency.length + rightCountry.length,
      orders.length + withCurrency.length + withCountry.length,
    ],
    consistency: [
      2 * accepted.length +
        count(accepted, ({ currency }) => currency === 'GBP') +
        count(accepted, ({ country }) => country === 'DE'),
      2 * accepted.length + conflicts + withCurrency.length + rightCountry.length,
    ],
    timeliness: [count(withTime, ({ hours }) => hours === 1), withTime.length],
  };
}

describe('GET /v1/quality', () => {
  it('gives the scores that follow from their definitions, also after a restart', async () => {
    const events = orders.map(toEvent);
    const results = await send('web', events);
    expect(Object.values(results).filter(({ result }) => result === 'accepted')).toHaveLength(orders.length / 2);
    // What comes again says nothing new; what contradicts is inconsistent.
    await send('web', [events[0], { ...events[2], userId: 'somebody else' }]);
    const { sources } = await report('?source=web&days=2');
    expect(sources.map(({ source }) => source)).toEqual(['web']);
    const [{ scores, rules, fields }] = sources;
    const shares = Object.fromEntries(Object.entries(scores).map(([name, { good, all }]) => [name, [good, all]]));
    expect(shares).toEqual(recompute());
    for (const { good, all, score } of Object.values(scores)) expect(score).toBe(good / all);
    expect(rules).toEqual({ 'currency/1': orders.length / 6, 'country-alpha2/1': orders.length / 8 });
    const orderId = fields.find(({ field }) => field === 'orderId');
    expect(orderId?.scores).toMatchObject({ completeness: { score: 0.5, isMet: false, target: 0.95 } });

    expect(await ingest.stop()).toBe(0);
    ingest = await startService('ingest', env);
    expect(await report('?source=web&days=2')).toEqual({ ...(await report('?source=web&days=2')), sources });
    const metrics = await (await fetch(`${ingest.url}/metrics`)).text();
    expect(metrics).toContain('tidewatch_quality_cleaned_total{rule="phone-e164/1"} 0');
    // The scheduled check is made at the start.
    await eventually(async () => {
      const text = await (await fetch(`${ingest.url}/metrics`)).text();
      const { good, all } = scores['completeness'];
      const labels = 'tenant="acme",source="web",dimension="completeness"';
      expect(text).toContain(`tidewatch_quality_score{${labels}} ${good / all}`);
      expect(text).toContain(`tidewatch_quality_below_target{${labels}} 1`);
    });
  });

  it('writes what was counted without being asked, so that a kill costs moments only', async () => {
    await send('app', [{ id: 'kill-1', type: 'page.viewed', userId: 'u1' }]);
    const key = async () => (await world.redis.redis.client.keys(`${world.prefix}quality:{acme}:day:*:app`))[0];
    await eventually(async () =>
      expect(await world.redis.redis.client.hget(await key(), 'good|accuracy|page.viewed|(event)')).toBe('1'),
    );
    expect(await world.redis.redis.client.ttl(await key())).toBeGreaterThan(90 * 86_400);
    await ingest.kill();
    ingest = await startService('ingest', env);
    const { sources } = await report('?source=app');
    expect(sources[0].fields.map(({ type }) => type)).toContain('page.viewed');
  });

  it('is for whoever has the token of the tenant, and says what it does not understand', async () => {
    expect((await ask('', 'wrong')).status).toBe(401);
    for (const query of ['?days=0', '?days=91', '?days=x', '?day=1', '?source=a&source=b']) {
      const answer = await ask(query);
      expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'ERR_USAGE' }]);
    }
    expect(await report('?source=nobody')).toMatchObject({ sources: [] });
  });
});

describe('the record of a cleaned event', () => {
  it('holds the normal forms, tells which rules acted, and what was sent', async () => {
    const traits = { email: ' Jane@X.org', phone: '020 7946 0958', country: 'uk', shoeSize: 38 };
    await send('pos', [{ id: 'profile-1', type: 'customer.upserted', userId: 'Jane', traits }]);
    await send('pos', [{ id: 'profile-2', type: 'customer.upserted', userId: 'Jane', traits: { email: 'jane@x.org', phone: '+442079460958' } }]); // prettier-ignore
    const { envelopeKey, id } = world.installation.tenants[0];
    const sealer = createAesSealer(envelopeKey.id, envelopeKey.key);
    const records = (await world.events()).filter(({ type }) => type === 'customer.upserted');
    const [first, second] = records;
    // The same person under the same hashes, whatever the spelling.
    expect(first.identities).toEqual(second.identities);
    const opened = Object.fromEntries(
      (first.envelope?.fields ?? []).map(({ name, sealed }) => [
        name,
        sealer.open(sealed, `${id}|${first.surrogate}|${name}`).toString(),
      ]),
    );
    expect(opened).toEqual({
      customerRef: 'Jane',
      email: 'jane@x.org',
      phone: '+442079460958',
      country: 'GB',
      'cleaned:email/1': JSON.stringify({ '/traits/email': traits.email }),
      'cleaned:phone-e164/1': JSON.stringify({ '/traits/phone': traits.phone }),
      'cleaned:country-alpha2/1': JSON.stringify({ '/traits/country': traits.country }),
    });
    expect((await report('?source=pos')).sources[0].surplus).toBe(1);
  });
});
