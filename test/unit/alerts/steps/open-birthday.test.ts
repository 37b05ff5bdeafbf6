import { describe, expect, it } from 'vitest';
import { type BirthdayFault, createBirthdayReader } from '../../../../services/alerts/steps/open-birthday.ts';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { createAesSealer } from '../../../../services/platform/crypto/aes-sealer.ts';
import { aRecord } from '../../../support/builders.ts';

const sealer = createAesSealer('key-1', Buffer.alloc(32, 1));
const { tenant, surrogate } = aRecord();

function sealed(name: string, value: string, of = surrogate) {
  return { name, sealed: sealer.seal(Buffer.from(value), `${tenant}|${of}|${name}`) };
}

function anUpsert(fields: readonly ReturnType<typeof sealed>[], overrides: Partial<CustomerRecord> = {}) {
  return aRecord({ type: 'customer.upserted', envelope: { keyId: 'key-1', fields }, ...overrides });
}

/** A reader, the names of what it opened, and what it passed over. */
function openReader() {
  const opened: string[] = [];
  const faults: BirthdayFault[] = [];
  const withBirthday = createBirthdayReader({
    openerFor: (of, keyId) =>
      of === tenant && keyId === sealer.keyId
        ? {
            open(bytes, associated) {
              opened.push(associated.split('|')[2]);
              return sealer.open(bytes, associated);
            },
          }
        : null,
    onFault: (fault) => faults.push(fault),
  });
  return { withBirthday, opened, faults };
}

describe('the sealed date of birth', () => {
  it.each(['birthday', 'birthDate', 'date_of_birth', 'dob', '生日'])(
    'is opened under the name %s, and nothing else is',
    (name) => {
      const { withBirthday, opened, faults } = openReader();
      const event = anUpsert([sealed('email', 'ann@example.org'), sealed(name, '1984-02-29'), sealed('name', 'Ann')], {
        attributes: [
          { name: 'age', value: 42 },
          { name: 'city', value: 'York' },
        ],
      });
      expect(withBirthday(event)).toEqual({
        ...event,
        attributes: [
          { name: 'age', value: 42 },
          { name: 'birthday', value: '02-29' },
          { name: 'city', value: 'York' },
        ],
      });
      expect(opened).toEqual([name]);
      expect(faults).toEqual([]);
    },
  );

  it('is left sealed in any event but customer.upserted', () => {
    const { withBirthday, opened } = openReader();
    const event = anUpsert([sealed('birthday', '1984-03-01')], { type: 'order.placed' });
    expect(withBirthday(event)).toBe(event);
    expect(opened).toEqual([]);
  });

  it('leaves a day that stands in the clear, and events without any', () => {
    const { withBirthday, opened, faults } = openReader();
    const clear = anUpsert([sealed('birthday', '1984-03-01')], { attributes: [{ name: 'birthday', value: '05-01' }] });
    expect(withBirthday(clear)).toBe(clear);
    const without = aRecord({ type: 'customer.upserted' });
    expect(withBirthday(without)).toBe(without);
    expect([opened, faults]).toEqual([[], []]);
  });

  it.each([
    ['sealed for another customer', anUpsert([sealed('birthday', '1984-03-01', 'f'.repeat(32))]), 'sealed'],
    ['sealed under a name of another field', anUpsert([{ ...sealed('email', '1984-03-01'), name: 'dob' }]), 'sealed'],
    ['of a tenant without a key', anUpsert([sealed('birthday', '1984-03-01')], { tenant: 'other' }), 'sealed'],
    ['cut off', anUpsert([{ name: 'birthday', sealed: Buffer.alloc(5) }]), 'sealed'],
    ['of no day', anUpsert([sealed('birthday', '1985-02-30')]), 'no-day'],
    ['of another form', anUpsert([sealed('birthday', '{"day":1}')]), 'no-day'],
  ])('%s is passed over and counted', (_, event, fault) => {
    const { withBirthday, faults } = openReader();
    expect(withBirthday(event)).toBe(event);
    expect(faults).toEqual([fault]);
  });

  it('is taken from the next field where the first cannot be used', () => {
    const { withBirthday, faults } = openReader();
    const event = anUpsert([sealed('birthday', 'soon'), sealed('dob', '1984-03-01')]);
    expect(withBirthday(event).attributes).toEqual([{ name: 'birthday', value: '03-01' }]);
    expect(faults).toEqual(['no-day']);
  });
});
