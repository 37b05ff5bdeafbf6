import { expect, it } from 'vitest';
import { canonicalJson } from '../../../../services/ingest/steps/canonical-json.ts';

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
