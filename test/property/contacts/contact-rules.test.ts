import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capAllows, type Contact, type ContactCap } from '../../../services/core/contacts/contact-caps.ts';
import { createContactHours } from '../../../services/core/contacts/quiet-hours.ts';
import { runs } from '../../support/property-runs.ts';

const caps: readonly ContactCap[] = [
  { purposes: new Set(['marketing']), channel: null, most: 2, withinMs: 70 },
  { purposes: new Set(['marketing', 'care']), channel: 'sms', most: 1, withinMs: 30 },
];

const contact: fc.Arbitrary<Contact> = fc.record({
  at: fc.nat(300),
  channel: fc.constantFrom('sms', 'email'),
  purpose: fc.constantFrom('marketing', 'care', 'service'),
});

/** Contacts let through one after the other, each put off until it is allowed. */
function letThrough(wanted: readonly Contact[]): Contact[] {
  const made: Contact[] = [];
  for (const each of wanted.toSorted((a, b) => a.at - b.at)) made.push({ ...each, at: capAllows(each, made, caps) });
  return made;
}

describe('contact caps', () => {
  it('hold in every stretch of time, and put off no longer than needed', () => {
    fc.assert(
      fc.property(fc.array(contact, { maxLength: 25 }), (wanted) => {
        const made = letThrough(wanted);
        for (const { purposes, channel, most, withinMs } of caps) {
          const counted = made.filter(
            (each) => purposes.has(each.purpose) && (channel ?? each.channel) === each.channel,
          );
          for (const { at } of counted) {
            const within = counted.filter((each) => each.at > at - withinMs && each.at <= at);
            expect(within.length).toBeLessThanOrEqual(most);
          }
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('never hold back service', () => {
    fc.assert(
      fc.property(fc.array(contact, { maxLength: 25 }), fc.nat(300), (history, at) => {
        expect(capAllows({ at, channel: 'sms', purpose: 'service' }, history, caps)).toBe(at);
      }),
      { numRuns: runs(100) },
    );
  });

  it('of none forbid', () => {
    const none = [{ purposes: new Set(['marketing'] as const), channel: null, most: 0, withinMs: 1 }];
    expect(capAllows({ at: 5, channel: 'sms', purpose: 'marketing' }, [], none)).toBe(Infinity);
  });
});

describe('quiet hours', () => {
  const hours = createContactHours('Europe/London', { from: 21 * 60, to: 9 * 60 }, new Set([20_591]));

  it.each([
    ['in the day at once', '2026-05-01T12:00+01:00', '2026-05-01T12:00+01:00'],
    ['in the evening the next morning', '2026-05-01T22:00+01:00', '2026-05-02T09:00+01:00'],
    ['at night the same morning', '2026-05-02T03:00+01:00', '2026-05-02T09:00+01:00'],
    ['on the first quiet minute the next morning', '2026-05-01T21:00+01:00', '2026-05-02T09:00+01:00'],
    ['before the night of the spring change at nine by the new time', '2026-03-28T22:00Z', '2026-03-29T09:00+01:00'],
    ['before a silent day the day after it', '2026-05-17T22:00+01:00', '2026-05-19T09:00+01:00'],
  ])('let a message go %s', (_case, at, expected) => {
    expect(new Date(hours.nextAllowed(Date.parse(at))).toISOString()).toBe(new Date(expected).toISOString());
  });
});
