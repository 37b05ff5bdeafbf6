import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scorerApi } from '../../../../services/scorer/scorer-operations.ts';
import { expectDescribed } from '../../../support/expect-described.ts';
import { mostValueBytes } from '../../../../services/core/profile/profile-entry.ts';
import { aRecord } from '../../../support/builders.ts';
import { envelopeOf, openScorerApi, surrogateOf } from './api-bench.ts';

const ann = surrogateOf('user', '42');
const noon = Date.UTC(2026, 0, 15, 12);

let api: ReturnType<typeof openScorerApi>;

beforeEach(() => {
  api = openScorerApi();
});
afterEach(() => api.server.close());

/** An event about the customer, `minutes` after noon. */
function told(fields: Readonly<Record<string, string>>, minutes: number, others: Parameters<typeof aRecord>[0] = {}) {
  const occurredAt = noon + minutes * 60_000;
  const envelope = envelopeOf(fields, ann);
  const receivedAt = occurredAt + 1_000;
  return aRecord({ type: 'customer.upserted', surrogate: ann, envelope, occurredAt, receivedAt, ...others });
}

describe('GET /v1/customers/{id}/profile', () => {
  it('shows each field masked, with who said it and when, and what other sources say', async () => {
    await api.tell([
      told({ customerRef: '42', email: 'ann@example.org', phone: '+442079460958' }, 0, {
        source: 'web',
        eventId: 'w-1',
      }),
      told({ email: 'ann@other.example' }, -5, { source: 'pos', channel: 'pos', eventId: 'p-1' }),
      told({ phone: '+442079460958' }, -9, { source: 'crm', importId: 'history', eventId: 'c-1' }),
    ]);
    const { status, body } = await api.get('/v1/customers/42/profile');
    expect(status).toBe(200);
    expectDescribed(scorerApi, 'GET /v1/customers/{id}/profile', body);
    const web = {
      source: 'web',
      channel: 'web',
      importId: null,
      eventId: 'w-1',
      occurredAt: '2026-01-15T12:00:00.000Z',
      receivedAt: '2026-01-15T12:00:01.000Z',
    };
    const shown = { isMasked: true, isReadable: true };
    expect(body).toEqual({
      customerId: `~${ann}`,
      tenant: 'demo',
      fields: [
        {
          name: 'email',
          value: 'a***@e***.org',
          ...shown,
          ...web,
          others: [
            {
              ...{ value: 'a***@o***.example', ...shown, agrees: false, source: 'pos', channel: 'pos', importId: null },
              ...{ eventId: 'p-1', occurredAt: '2026-01-15T11:55:00.000Z', receivedAt: '2026-01-15T11:55:01.000Z' },
            },
          ],
        },
        {
          name: 'phone',
          value: '***58',
          ...shown,
          ...web,
          others: [expect.objectContaining({ source: 'crm', importId: 'history', agrees: true })],
        },
      ],
    });
    expect(JSON.stringify(body)).not.toMatch(/ann@|7946/);
  });

  it('shows plain attributes as they are, and a field that was emptied as null', async () => {
    const attributes = [{ name: 'newsletter', value: true }, { name: 'tier', value: null }]; // prettier-ignore
    await api.tell([told({ birthday: '1990-05-01' }, 0), told({ birthday: 'null' }, 1, { attributes })]);
    const { body } = await api.get('/v1/customers/42/profile');
    expect(body).toMatchObject({
      fields: [
        { name: 'birthday', value: null, isMasked: false, isReadable: true },
        { name: 'newsletter', value: true, isMasked: false, isReadable: true },
        { name: 'tier', value: null, isMasked: false, isReadable: true },
      ],
    });
  });

  it('shows the origin of what it cannot show', async () => {
    const foreign = { ...envelopeOf({ name: 'Ann' }, ann), keyId: 'gone' };
    await api.tell([told({ note: 'x'.repeat(mostValueBytes) }, 0), told({}, 1, { envelope: foreign, source: 'pos' })]);
    const { body } = await api.get('/v1/customers/42/profile');
    expect(body).toMatchObject({
      fields: [
        { name: 'name', value: null, isReadable: false, source: 'pos' },
        { name: 'note', value: null, isReadable: false, source: 'web-shop' },
      ],
    });
  });

  it('is also there for a customer without events that a feature reads, and part of the portrait of others', async () => {
    await api.tell([told({ email: 'ann@example.org' }, 0)]);
    expect((await api.get('/v1/customers/42')).status).toBe(404);
    expect((await api.get('/v1/customers/42/profile')).status).toBe(200);
    await api.know(ann, [aRecord({ surrogate: ann })]);
    const { body } = await api.get('/v1/customers/42');
    expect(body).toMatchObject({ profile: { fields: [{ name: 'email', value: 'a***@e***.org' }] } });
  });

  it('needs a token of the tenant, and answers 404 where nothing is known', async () => {
    await api.tell([told({ email: 'ann@example.org' }, 0)]);
    expect((await api.get('/v1/customers/42/profile', null)).status).toBe(401);
    expect((await api.get(`/v1/customers/~${ann}/profile`, 'other-token')).status).toBe(404);
    const { status, body } = await api.get('/v1/customers/43/profile');
    expect([status, body]).toEqual([404, expect.objectContaining({ code: 'ERR_NOT_FOUND' })]);
  });
});
