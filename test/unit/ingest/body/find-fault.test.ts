import { describe, expect, it } from 'vitest';
import { findFault } from '../../../../services/ingest/body/find-fault.ts';

describe('findFault', () => {
  it.each([
    ['an object', '{"a":[1,{"b":null}],"c":"x"}'],
    ['white space everywhere', ' {\n"a" :\t[ 1 , 2 ]\r} '],
    ['a bare number', '-0.5e+10'],
    ['escapes', '"\\u00e9\\n\\"\\\\"'],
    ['empty containers', '{"a":{},"b":[]}'],
  ])('finds no fault in %s', (_what, text) => {
    expect(findFault(text)).toBeNull();
  });

  it.each([
    ['an unquoted key', '{a:1}', 1],
    ['a trailing comma', '[1,]', 3],
    ['a missing comma', '[1 2]', 3],
    ['NaN', '{"a":NaN}', 5],
    ['a raw line break in a text', '"a\nb"', 2],
    ['a broken escape', '"\\x"', 1],
    ['a text that never ends', '{"a":"b', 7],
    ['an object that never ends', '{"a":1', 6],
    ['something after the end', '{} x', 3],
    ['a wrong bracket', '{"a":[1}', 7],
    ['a leading zero', '[01]', 2],
    ['nothing at the start', 'x', 0],
    ['an empty text', '', 0],
  ])('places the fault of %s', (_what, text, at) => {
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(findFault(text)).toBe(at);
  });

  it('needs no stack for deep nesting', () => {
    expect(findFault(`${'['.repeat(500_000)}${']'.repeat(500_000)}`)).toBeNull();
  });
});
