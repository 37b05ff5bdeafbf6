import { describe, expect, it } from 'vitest';
import { collectPersonal } from '../../../../services/ingest/steps/collect-personal.ts';
import { createPersonalCheck } from '../../../../services/ingest/steps/personal-check.ts';

function collect(user: string | null, traits: object = {}, properties: [string, unknown][] = []) {
  const ids = { user, anonymous: 'a1' };
  return Object.fromEntries(collectPersonal(ids, { ...traits }, new Map(properties), createPersonalCheck(ids)));
}

describe('collectPersonal', () => {
  it('keeps the id of the business as the reference', () => {
    expect(collect('u1')).toEqual({ customerRef: 'u1' });
    expect(collect(null)).toEqual({});
  });

  it.each([
    ['jane@example.com', { email: 'jane@example.com' }],
    ['+447700900123', { phone: '+447700900123' }],
  ])('makes no reference of the personal id %s', (user, fields) => {
    expect(collect(user)).toEqual(fields);
  });

  it('keeps every trait and every personal property, also under names that meet', () => {
    const fields = collect('u1', { email: 'a@x.org', customerRef: 'forged' }, [['email', 'b@x.org'], ['ip', 'x']]); // prettier-ignore
    expect(fields).toEqual({
      customerRef: 'u1',
      email: 'a@x.org',
      'traits.customerRef': 'forged',
      'properties.email': 'b@x.org',
      ip: 'x',
    });
  });

  it('does not show names of traits that are themselves personal', () => {
    expect(collect(null, { 'jane@example.com': true, a1: 1 })).toEqual({ traits: { 'jane@example.com': true, a1: 1 } });
  });

  it('lets nobody forge a reference for an anonymous customer', () => {
    expect(collect(null, { customerRef: 'forged' })).toEqual({ 'traits.customerRef': 'forged' });
    expect(collect(null, {}, [['customerRef', 'forged']])).toEqual({ 'properties.customerRef': 'forged' });
  });
});
