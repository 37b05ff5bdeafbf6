import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isJsonObject } from '../../../../services/ingest/json-object.ts';
import { canonicalJson } from '../../../../services/ingest/steps/canonical-json.ts';
import { runs } from '../../../support/property-runs.ts';

it('gives one text for one value, whatever the order of its keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true }, 9)).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
});

it('tells infinity, null and minus infinity apart', () => {
  const texts = [JSON.parse('1e999'), null, JSON.parse('-1e999')].map((value) => canonicalJson(value, 1));
  expect(new Set(texts).size).toBe(3);
});

it('gives up on values nested deeper than allowed', () => {
  expect(canonicalJson([[1]], 2)).toBe('[[1]]');
  expect(canonicalJson([[[1]]], 2)).toBeNull();
  expect(canonicalJson(JSON.parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`), 64)).toBeNull();
});

it('keeps a key named __proto__', () => {
  expect(canonicalJson(JSON.parse('{"__proto__":1}'), 1)).toBe('{"__proto__":1}');
});

it('is JSON of the same value with its keys sorted, for any value and however often its keys came before', () => {
  const write = (value: unknown): string => {
    if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
    if (!isJsonObject(value)) return JSON.stringify(value);
    const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${write(value[key])}`); // prettier-ignore
    return `{${members.join(',')}}`;
  };
  const keys = fc.oneof(fc.constantFrom('a', 'b', 'aa', 'é', '"', '__proto__', '1'), fc.string({ unit: 'binary' }));
  const texts = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ maxLength: 80 }));
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof({ maxDepth: 4 }, texts, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null), tie('list'), tie('object')),
    list: fc.array(tie('json'), { maxLength: 4 }),
    object: fc.array(fc.tuple(keys, tie('json')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries) as unknown),
  })); // prettier-ignore
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(value, 20)).toBe(write(value));
    }),
    { numRuns: runs(1000) },
  );
});
