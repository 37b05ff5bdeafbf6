import { describe, expect, it } from 'vitest';
import { composeUsageFact } from '../../../../services/core/kpis/compose-usage-fact.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { aCommand } from '../../../support/command-builder.ts';

const compose = (command: Parameters<typeof aCommand>[0]) => composeUsageFact(aCommand(command), nodeDigest);
const noon = Date.UTC(2026, 0, 15, 12);
const minute = 60_000;

describe('the fact that somebody used a function', () => {
  it('is one for all customers and commands of a quarter of an hour', () => {
    const first = compose({ actor: 'mei', verb: 'claim', at: noon });
    expect(compose({ actor: 'mei', verb: 'claim', at: noon + 15 * minute - 1, surrogate: 'e'.repeat(32) })).toEqual(
      first,
    );
    expect(first).toMatchObject({ kind: 'usage', type: 'claim', at: noon, epoch: 0, sequence: noon, sign: 1 });
  });

  it.each([
    ['another person', { actor: 'li' }],
    ['another function', { verb: 'resolve' as const }],
    ['another tenant', { tenant: 'other' }],
    ['another time', { at: noon + 15 * minute }],
  ])('is another one for %s', (_, other) => {
    const command = { actor: 'mei', verb: 'claim', at: noon } as const;
    expect(compose({ ...command, ...other })?.factId).not.toBe(compose(command)?.factId);
  });

  it('never falls on another business day than the command, whatever the time zone', () => {
    for (const offset of [-12 * 60, -3.5 * 60, 0, 5.75 * 60, 8 * 60, 12.75 * 60, 14 * 60]) {
      const midnight = Date.UTC(2026, 0, 15) - offset * minute;
      expect(compose({ at: midnight })?.at).toBe(midnight);
      expect(compose({ at: midnight - 1 })?.at).toBeLessThan(midnight);
    }
  });

  it('stands for the person by a hash and names neither them nor the customer', () => {
    const fact = compose({ actor: 'mei', note: 'Mrs Smith called', taskId: 'abc' });
    expect(fact?.surrogate).toMatch(/^[0-9a-f]{32}$/);
    expect(fact?.surrogate).toBe(compose({ actor: 'mei', verb: 'note', at: 7 })?.surrogate);
    expect(fact?.surrogate).not.toBe(compose({ actor: 'mei', tenant: 'other' })?.surrogate);
    expect(JSON.stringify(fact)).not.toMatch(/mei|Smith|abc|00112233445566778899aabbccddeeff/);
  });

  it('is not made of what a bot did', () => {
    expect(compose({ by: 'bot', verb: 'case-respond' })).toBeNull();
    expect(compose({ by: 'person', verb: 'case-respond' })).not.toBeNull();
  });
});
