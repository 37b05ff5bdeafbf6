import { describe, expect, it } from 'vitest';
import type { ClientEvent } from '../../../../services/ingest/client-event.ts';
import { buildRecord } from '../../../../services/ingest/steps/build-record.ts';
import { readFacts } from '../../../../services/ingest/steps/read-facts.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { aPlannedEvent, aSender, receivedAt, sealer } from '../ingest-fixtures.ts';

function record(changes: Partial<ClientEvent> = {}) {
  const event = aPlannedEvent(changes);
  const sender = aSender();
  const facts = readFacts(event, sender.tenant, receivedAt);
  if (facts.outcome !== 'ok') throw new Error(JSON.stringify(facts));
  return buildRecord(event, facts.value, { sender, receivedAt, digest: nodeDigest });
}

describe('buildRecord', () => {
  it('fills every field of the record', () => {
    const properties = { revenue: '10', currency: 'EUR', region: 'north', store: 7, coupon: 'c', email: 'jane@x.org' };
    const { envelope, identities, contentHash, surrogate, ...rest } = record({ properties });
    expect(rest).toEqual({
      kind: 'event',
      eventId: 'e1',
      tenant: 'acme',
      region: 'north',
      store: '7',
      source: 'shop',
      channel: 'web',
      type: 'order.placed',
      name: null,
      occurredAt: Date.UTC(2026, 4, 1, 10),
      receivedAt,
      amountMinor: 1000,
      currency: 'EUR',
      reportingAmountMinor: 900,
      rateVersion: 'r2',
      attributes: [{ name: 'coupon', value: 'c' }],
      consent: [],
      historical: false,
      importId: null,
      planVersion: expect.stringMatching(/^1\+[0-9a-f]{8}$/),
      origin: null,
      epochStarted: null,
      activation: null,
      dayClosed: null,
      link: null,
      snapshot: null,
      erasure: null,
      retracted: null,
    });
    expect(surrogate).toMatch(/^[0-9a-f]{32}$/);
    expect(contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(identities.map(({ type }) => type)).toEqual(['user', 'email']);
    const opened = envelope?.fields.map(({ name, sealed }) => [
      name,
      sealer.open(sealed, `acme|${surrogate}|${name}`).toString(),
    ]);
    expect(opened).toEqual([['customerRef', 'u1'], ['email', 'jane@x.org']]); // prettier-ignore
  });

  it('shows no personal value and no id of the customer in clear', () => {
    const canaries = ['u-canary-1', 'a-canary-2', 'jane@canary.org', 'Canary Road 3', '+44 7700 900555'];
    const [userId, anonymousId, email, address, phone] = canaries;
    const built = record({
      type: 'custom',
      name: `mailed ${email}`,
      userId,
      anonymousId,
      traits: { email, address: { street: address }, phone },
      properties: { page: `https://x.org/?to=${email}`, ref: userId, visitor: anonymousId, region: email, note: phone },
      importId: email,
    });
    const clear = JSON.stringify({ ...built, envelope: built.envelope?.fields.map(({ name }) => name) });
    for (const canary of canaries) expect(clear).not.toContain(canary);
    expect(built.name).toBeNull();
  });

  it.each([
    ['the first known one', ['pigeon', 7, 'pos', 'web'], 'pos'],
    ['the one of the write key when none is known', ['pigeon', null, '__proto__'], 'web'],
  ])('takes for the channel %s', (_what, channelHints, channel) => {
    expect(record({ channelHints }).channel).toBe(channel);
  });

  it('marks imports, by true and by nothing else', () => {
    const imported = record({ historical: true, importId: 'i1', time: '2009-12-01T07:45:00Z' });
    expect(imported).toMatchObject({ historical: true, importId: 'i1' });
    expect(record({ historical: 'true', importId: {} })).toMatchObject({ historical: false, importId: null });
  });

  it('has the same content hash for the same content, under the key of the tenant', () => {
    expect(record({ content: { a: 1, b: 2 } }).contentHash).toBe(record({ content: { b: 2, a: 1 } }).contentHash);
    expect(record({ content: { a: 1 } }).contentHash).not.toBe(record({ content: { a: 2 } }).contentHash);
    expect(record({ content: {} }).contentHash).not.toBe(nodeDigest.sha256Hex('{}'));
  });
});
