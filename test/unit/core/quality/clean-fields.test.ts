import { describe, expect, it } from 'vitest';
import { cleanFields } from '../../../../services/core/quality/clean-fields.ts';
import { restoreFields } from '../../../../services/core/quality/restore-fields.ts';

const context = { type: 'order.placed', country: () => null, now: Date.UTC(2026, 4, 2) } as const;

describe('cleanFields', () => {
  it('reaches objects and lists down to three levels, and says what it did where', () => {
    const sent = { a: ' x ', 'b/c': { country: 'Germany', deep: { qty: -1, deeper: { country: 'Germany' } } }, list: [{ qty: '2' }, ' y '] }; // prettier-ignore
    const { values, changes, checks } = cleanFields(sent, '/properties', context);
    expect(values).toEqual({
      a: 'x',
      'b/c': { country: 'DE', deep: { qty: null, deeper: { country: 'Germany' } } },
      list: [{ qty: 2 }, 'y'],
    });
    expect(changes.map(({ pointer, rule, was }) => [pointer, rule, was])).toEqual([
      ['/properties/a', 'trim/1', ' x '],
      ['/properties/b~1c/country', 'country-alpha2/1', 'Germany'],
      ['/properties/b~1c/deep/qty', 'quantity/1', -1],
      ['/properties/list/0/qty', 'quantity/1', '2'],
      ['/properties/list/1', 'trim/1', ' y '],
    ]);
    expect(checks).toEqual([
      { kind: 'country', state: 'changed' },
      { kind: 'quantity', state: 'impossible' },
      { kind: 'quantity', state: 'changed' },
    ]);
    expect(restoreFields({ properties: values }, changes)).toEqual({ properties: sent });
  });

  it('gives back the very same values where nothing is to be done', () => {
    const sent = { a: 'x', b: { c: [1, null] } };
    expect(cleanFields(sent, '', context).values).toBe(sent);
  });

  it('takes a name that means something to JavaScript for a name', () => {
    const sent = JSON.parse('{"__proto__": " x ", "constructor": {"prototype": " y "}}') as Record<string, unknown>;
    const { values, changes } = cleanFields(sent, '', context);
    expect(JSON.stringify(values)).toBe('{"__proto__":"x","constructor":{"prototype":"y"}}');
    expect(JSON.stringify(restoreFields(values, changes))).toBe(JSON.stringify(sent));
    expect(({} as Record<string, unknown>)['prototype']).toBeUndefined();
  });

  it('looks at a bounded number of values', () => {
    const { changes } = cleanFields({ list: Array.from({ length: 1000 }, () => ' x ') }, '', context);
    expect(changes).toHaveLength(128);
  });
});
