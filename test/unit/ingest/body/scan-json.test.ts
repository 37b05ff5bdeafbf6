import { describe, expect, it } from 'vitest';
import { scanJson } from '../../../../services/ingest/body/scan-json.ts';

describe('scanJson', () => {
  it.each([
    ['an object', '{"a":[1,{"b":null}],"c":"x"}'],
    ['white space everywhere', ' {\n"a" :\t[ 1 , 2 ]\r} '],
    ['a bare number', '-0.5e+10'],
    ['escapes', '"\\u00e9\\n\\"\\\\"'],
    ['empty containers', '{"a":{},"b":[]}'],
  ])('finds no fault in %s', (_what, text) => {
    expect(scanJson(text, null).errorAt).toBeNull();
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
    expect(scanJson(text, null).errorAt).toBe(at);
  });

  it('cuts out the elements of the wanted member as they were sent', () => {
    const text = '{"other":[0],"batch" : [ {"a": 1.50} , "x",\n[1,[2]], 7 ],"sentAt":"…"}';
    const { elements } = scanJson(text, 'batch');
    expect(elements.map(({ start, end }) => text.slice(start, end))).toEqual(['{"a": 1.50}', '"x"', '[1,[2]]', '7']);
  });

  it('takes the last of two members with one name, as JSON.parse does', () => {
    const text = '{"batch":[1,2],"b\\u0061tch":[3]}';
    const { elements } = scanJson(text, 'batch');
    expect(elements.map(({ start, end }) => text.slice(start, end))).toEqual(['3']);
  });

  it('does not take a member of the same name deeper inside', () => {
    expect(scanJson('{"x":{"batch":[1]},"y":[["batch",[2]]]}', 'batch').elements).toEqual([]);
  });

  it('needs no stack for deep nesting', () => {
    const text = `{"batch":[${'['.repeat(500_000)}${']'.repeat(500_000)}]}`;
    expect(scanJson(text, 'batch')).toEqual({ errorAt: null, elements: [{ start: 10, end: 1_000_010 }] });
  });
});
