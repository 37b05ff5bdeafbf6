import type { Attribute, CustomerRecord } from '../../core/events/customer-record.ts';
import { attributeOf } from '../../core/features/signals/attribute-of.ts';
import type { Sealer } from '../../core/ports/sealer.ts';
import { fieldKind } from '../../core/quality/field-kind.ts';
import { readCareDay } from '../../core/tasks/care-day.ts';

/** - `sealed`: the key, the bytes or the customer do not fit - `no-day`: opened, and no day of the year */
export const birthdayFaults = ['sealed', 'no-day'] as const;

export type BirthdayFault = (typeof birthdayFaults)[number];

export interface BirthdayDeps {
  /** Opens fields that were sealed under a key of a tenant; null where the key is not known. */
  readonly openerFor: (tenant: string, keyId: string) => Pick<Sealer, 'open'> | null;
  /** Told of fields that are passed over. */
  readonly onFault: (fault: BirthdayFault) => void;
}

const birthday = 'birthday';

/**
 * Opens the sealed date of birth of `customer.upserted`, of all sealed fields that one alone, and hands its month and day
 * on as the attribute `birthday` (`MM-DD`): the year is nothing that a greeting needs. Other events stay as they are.
 */
export function createBirthdayReader({ openerFor, onFault }: BirthdayDeps): (event: CustomerRecord) => CustomerRecord {
  function read(event: CustomerRecord, field: { readonly name: string; readonly sealed: Buffer }): string | null {
    const { tenant, surrogate, envelope } = event;
    let day: string | null;
    try {
      const opener = openerFor(tenant, envelope?.keyId ?? '');
      if (opener === null) return told('sealed');
      day = readCareDay(opener.open(field.sealed, `${tenant}|${surrogate}|${field.name}`).toString('utf8'));
    } catch {
      // One field that cannot be opened must not hold up what else the event says.
      return told('sealed');
    }
    return day ?? told('no-day');
  }

  function told(fault: BirthdayFault): null {
    onFault(fault);
    return null;
  }

  return function withBirthday(event) {
    if (event.type !== 'customer.upserted' || event.envelope === null) return event;
    if (attributeOf(event, birthday) !== null) return event;
    for (const field of event.envelope.fields) {
      if (fieldKind(field.name) !== 'birthDate') continue;
      const value = read(event, field);
      if (value !== null) return { ...event, attributes: withAttribute(event.attributes, value) };
    }
    return event;
  };
}

/** Attributes stay sorted by name. */
function withAttribute(attributes: readonly Attribute[], value: string): readonly Attribute[] {
  const others = attributes.filter(({ name }) => name !== birthday);
  const at = others.findIndex(({ name }) => name > birthday);
  return others.toSpliced(at < 0 ? others.length : at, 0, { name: birthday, value });
}
