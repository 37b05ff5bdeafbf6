import { describe, expect, it } from 'vitest';
import { createPersonalCheck } from '../../../../services/ingest/steps/personal-check.ts';
import { sortProperties } from '../../../../services/ingest/steps/sort-properties.ts';

const none: ReadonlySet<string> = new Set();
const nobody = createPersonalCheck({ user: null, anonymous: null });

function sort(properties: object, taken = none, isPersonal = nobody) {
  const sorted = sortProperties({ ...properties }, taken, isPersonal);
  if (sorted.outcome !== 'ok') throw new Error(JSON.stringify(sorted));
  const { attributes, personal, dropped } = sorted.value;
  return { attributes: attributes.map(({ name, value }) => [name, value]), personal: [...personal], dropped };
}

describe('sortProperties', () => {
  it('flattens nested properties and sorts them by name', () => {
    const { attributes } = sort({ b: { d: [true, { e: null }] }, a: 1, c: 'x' });
    expect(attributes).toEqual([['a', 1], ['b.d.0', true], ['c', 'x']]); // prettier-ignore
  });

  it('counts what is nested deeper than three', () => {
    expect(sort({ a: { b: { c: { d: 1 }, e: 2 } } })).toEqual({ attributes: [['a.b.e', 2]], personal: [], dropped: 1 });
  });

  it('leaves out what has a place of its own', () => {
    expect(sort({ revenue: 1, total: 2 }, new Set(['revenue'])).attributes).toEqual([['total', 2]]);
  });

  it('parts off what is personal by its name, as a whole', () => {
    const properties = { address: { city: 'X', lines: [1] }, contact: { email: 'none' }, ip: null, sku: 's' };
    expect(sort(properties)).toEqual({
      attributes: [['sku', 's']],
      personal: [['address', { city: 'X', lines: [1] }], ['contact.email', 'none'], ['ip', null]],
      dropped: 0,
    }); // prettier-ignore
  });

  it("parts off what is personal by its value, the customer's own ids included", () => {
    const properties = { note: 'ask jane@example.com', ref: 'u1', number: 42, other: 43 };
    const { attributes, personal } = sort(properties, none, createPersonalCheck({ user: 'u1', anonymous: '42' }));
    expect(attributes).toEqual([['other', 43]]);
    expect(personal.map(([name]) => name)).toEqual(['note', 'ref', 'number']);
  });

  it('does not show names that are themselves personal', () => {
    const { attributes, personal } = sort({ votes: { 'jane@example.com': 3, total: 1 } });
    expect(attributes).toEqual([['votes.total', 1]]);
    expect(personal).toEqual([['other', { 'votes.jane@example.com': 3 }]]);
  });

  it('keeps at most 64 attributes, the shallow ones first', () => {
    const items = Array.from({ length: 100 }, (_, index) => ({ sku: `s${index}` }));
    const { attributes, dropped } = sort({ items, coupon: 'c', zone: 'z' });
    expect(attributes).toHaveLength(64);
    expect(attributes.map(([name]) => name)).toEqual(expect.arrayContaining(['coupon', 'zone', 'items.0.sku']));
    expect(attributes).toEqual([...attributes].sort());
    expect(dropped).toBe(38);
  });

  it('cuts long texts and makes every text well-formed', () => {
    const [[, long], [, broken]] = sort({ a: 'x'.repeat(600), b: '\ud800' }).attributes as [
      [string, string],
      [string, string],
    ];
    expect(long).toHaveLength(512);
    expect(broken).toBe('\ufffd');
  });

  it('refuses numbers that are none', () => {
    const properties = JSON.parse('{"a":{"b":1e999}}') as object;
    expect(sortProperties({ ...properties }, none, nobody)).toMatchObject({ code: 'ERR_EVENT_INVALID' });
  });

  it('takes properties with the names of a prototype for what they are', () => {
    const properties = JSON.parse('{"__proto__":{"admin":true},"constructor":"c","toString":1}') as object;
    const sorted = sort(properties);
    expect(sorted.attributes).toContainEqual(['constructor', 'c']);
    expect(Object.prototype).not.toHaveProperty('admin');
  });
});
