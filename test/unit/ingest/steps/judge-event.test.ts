import { describe, expect, it } from 'vitest';
import type { ClientEvent } from '../../../../services/ingest/client-event.ts';
import { judgeEvent } from '../../../../services/ingest/steps/judge-event.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { aClientEvent, aSender, jsonCodec, plan, receivedAt } from '../ingest-fixtures.ts';

const codec = jsonCodec<never>();
const context = { sender: aSender(), receivedAt, digest: nodeDigest, maxEventBytes: 32_768, codec, plan };
const judge = (changes: Partial<ClientEvent>, original = '{}') => judgeEvent(aClientEvent(changes), original, context);

describe('judgeEvent', () => {
  it('gives a record with its key and its claim', () => {
    expect(judge({})).toMatchObject({
      outcome: 'ok',
      value: { claim: { tenant: 'acme', source: 'shop', eventId: 'e1' }, dropped: 0 },
    });
  });

  it.each<[string, Partial<ClientEvent>, string]>([
    ['without an id', { clientEventId: undefined }, 'ERR_EVENT_INVALID'],
    ['without a type', { fault: 'type is missing' }, 'ERR_EVENT_INVALID'],
    ['of nobody', { userId: null }, 'ERR_EVENT_INVALID'],
    [
      'nested too deep',
      { content: JSON.parse(`${'{"a":'.repeat(70)}1${'}'.repeat(70)}`) as object as never },
      'ERR_EVENT_INVALID',
    ],
    ['of 1970', { time: '1970-01-01T00:00:00Z' }, 'ERR_EVENT_TIME'],
    ['with an impossible amount', { properties: { revenue: 'NaN' } }, 'ERR_EVENT_AMOUNT'],
    ['in a currency without a rate', { properties: { revenue: 1, currency: 'USD' } }, 'ERR_CURRENCY_RATE_MISSING'],
    ['with an impossible number', { properties: { x: Infinity } }, 'ERR_EVENT_INVALID'],
  ])('refuses an event %s', (_what, changes, code) => {
    expect(judge(changes)).toMatchObject({ outcome: 'dead-letter', code });
  });

  it('measures an event in bytes, not in characters', () => {
    expect(judge({}, 'x'.repeat(32_768))).toMatchObject({ outcome: 'ok' });
    expect(judge({}, '客'.repeat(10_923))).toMatchObject({ code: 'ERR_EVENT_TOO_LARGE' });
    expect(judge({}, 'x'.repeat(32_769))).toMatchObject({ code: 'ERR_EVENT_TOO_LARGE' });
  });
});
