import { describe, expect, it } from 'vitest';
import { compilePlan } from '../../../../services/core/plan/compile-plan.ts';
import type { PlanDocument, PlanScope } from '../../../../services/core/plan/plan-document.ts';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { restoreFields } from '../../../../services/core/quality/restore-fields.ts';
import { judgeEvent } from '../../../../services/ingest/steps/judge-event.ts';
import { cleanEvent } from '../../../../services/ingest/steps/clean-event.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { aClientEvent, aPlannedEvent, aSender, jsonCodec, receivedAt, sealer } from '../ingest-fixtures.ts';

const codec = jsonCodec<CustomerRecord>();
const scope: PlanScope = { events: {}, amount: ['revenue'], currency: ['currency'], properties: {} };
const ofType = { names: [], amount: [], properties: {} };

function judge(plan: Partial<PlanDocument>, changes: Parameters<typeof aClientEvent>[0] = {}, sender = aSender()) {
  const compiled = compilePlan('v', [{ ...scope, version: '1', sources: {}, ...plan }]);
  const context = { sender, receivedAt, digest: nodeDigest, maxEventBytes: 32_768, codec, plan: compiled };
  return judgeEvent(aClientEvent(changes), '{}', context);
}

function accepted(outcome: ReturnType<typeof judge>) {
  if (outcome.outcome !== 'ok') throw new Error(outcome.outcome);
  return { ...outcome.value, record: codec.decodeBody(outcome.value.value) };
}

describe('the allow-list of an event type', () => {
  const changes = {
    properties: { revenue: 5, Coupon_Code: 'X', note: 'y', email: 'jane@x.org', region: 'north' },
    traits: { phone: '+86 138 0013 8000', size: 3 },
  };

  it('leaves out every other property and trait, and what would be made of them', () => {
    const plan = { events: { 'order.placed': { ...ofType, keep: ['couponCode', 'Phone'] } } };
    const { record, quality } = accepted(judge(plan, changes));
    expect(record.attributes).toEqual([{ name: 'Coupon_Code', value: 'X' }]);
    expect(record).toMatchObject({ region: null, amountMinor: 500 });
    expect(record.identities.map(({ type }) => type)).toEqual(['user', 'phone']);
    expect(record.envelope?.fields.map(({ name }) => name)).toEqual(['cleaned:phone-e164/1', 'customerRef', 'phone']);
    expect(quality.surplus).toBe(4);
  });

  it('keeps nothing when it is empty, all when there is none, and is the first that is found', () => {
    const list = (keep: string[]) => ({ events: { 'order.placed': { ...ofType, keep } } });
    expect(accepted(judge(list([]), changes)).quality.surplus).toBe(6);
    expect(accepted(judge({}, changes)).quality.surplus).toBe(0);
    const sources = { 'acme/shop': { ...scope, ...list(['note']) } };
    expect(accepted(judge({ ...list(['size']), sources }, changes)).record.attributes.map(({ name }) => name)).toEqual(['note']); // prettier-ignore
  });
});

describe('a source without a purpose', () => {
  it('is off where a purpose is required, and nothing of its events is kept', () => {
    expect(judge({ purposes: 'required' })).toEqual({ outcome: 'drop', reason: 'source-off' });
    expect(judge({ purposes: 'required', sources: { 'acme/pos': { ...scope, purpose: 'service' } } }).outcome).toBe('drop'); // prettier-ignore
    expect(judge({ purposes: 'required', sources: { 'acme/shop': { ...scope, purpose: 'service' } } }).outcome).toBe('ok'); // prettier-ignore
    expect(judge({ purposes: 'required', purpose: 'service' }).outcome).toBe('ok');
    expect(judge({ purposes: 'required' }, {}, { ...aSender(), purpose: null }).outcome).toBe('drop');
    expect(judge({ purposes: 'required' }, {}, { ...aSender(), purpose: 'service' }).outcome).toBe('ok');
    expect(judge({}).outcome).toBe('ok');
  });
});

describe('cleaning an event', () => {
  it('takes the country of its telephone numbers from itself, else from the plan', () => {
    const phone = '171 1234567';
    const cleaned = (traits: object, country: string | null) =>
      cleanEvent(aPlannedEvent({ traits: { phone, ...traits } }), country, receivedAt).event.traits['phone'];
    expect(cleaned({}, null)).toBe(phone);
    expect(cleaned({}, 'DE')).toBe('+491711234567');
    expect(cleaned({ address: { country: 'Germany' } }, 'FR')).toBe('+491711234567');
  });

  it('is undone from the envelope, and neither surrogate nor ids change', () => {
    const changes = {
      userId: ' Jane ',
      traits: { Email: ' JANE@x.org', birthday: '1900-01-01' },
      properties: { revenue: 5, currency: 'gbp', note: ' n ' },
    };
    const { event: planned } = { event: aPlannedEvent(changes) };
    const cleaned = cleanEvent(planned, null, receivedAt);
    const { record } = accepted(judge({}, changes));
    const plain = accepted(judge({}, { ...changes, traits: {}, properties: { revenue: 5 } })).record;
    expect(record.surrogate).toBe(plain.surrogate);
    const fields = (record.envelope?.fields ?? []).filter(({ name }) => name.startsWith('cleaned:'));
    expect(fields.map(({ name }) => name).sort()).toEqual([
      'cleaned:birth-date/1', 'cleaned:currency/1', 'cleaned:email/1', 'cleaned:trim/1',
    ]); // prettier-ignore
    const sent = fields.flatMap(({ name, sealed }) => {
      const text = sealer.open(sealed, `acme|${record.surrogate}|${name}`).toString();
      return Object.entries(JSON.parse(text) as object).map(([pointer, was]) => ({ pointer, was: was as unknown }));
    });
    const { properties, traits, currency } = cleaned.event;
    const restored = restoreFields({ properties, traits, currency: currency?.value }, sent);
    expect(restored).toEqual({ properties: planned.properties, traits: planned.traits, currency: 'gbp' });
  });

  it('does not let a client pass its own field for the work of a rule', () => {
    const { record } = accepted(judge({}, { traits: { 'cleaned:email/1': 'x' } }));
    expect(record.envelope?.fields.map(({ name }) => name)).toEqual(['customerRef', 'traits.cleaned:email/1']);
  });
});
