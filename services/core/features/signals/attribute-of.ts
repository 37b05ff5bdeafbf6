import type { Attribute, CustomerRecord } from '../../events/customer-record.ts';

/** The value of a plain property under our own name; null where it is missing or says nothing. */
export function attributeOf({ attributes }: Pick<CustomerRecord, 'attributes'>, name: string): Attribute['value'] {
  for (const attribute of attributes)
    if (attribute.name === name) return attribute.value === '' ? null : attribute.value;
  return null;
}

/** The same as a finite number; a number written as text counts. */
export function numberOf(record: Pick<CustomerRecord, 'attributes'>, name: string): number | null {
  const value = attributeOf(record, name);
  const number = typeof value === 'string' && /\d/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** The same as lower-case text; '' where there is none. */
export function wordOf(record: Pick<CustomerRecord, 'attributes'>, name: string): string {
  const value = attributeOf(record, name);
  return value === null ? '' : String(value).toLowerCase();
}
