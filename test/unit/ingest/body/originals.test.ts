import { expect, it } from 'vitest';
import { findOriginals } from '../../../../services/ingest/body/originals.ts';

it('finds each event of a list as it was sent', () => {
  const original = findOriginals('{"batch":[ {"v":1e999} ,null]}', 'batch', 2);
  expect([original(0), original(1)]).toEqual(['{"v":1e999}', 'null']);
});

it('takes the whole body where it is the event', () => {
  expect(findOriginals('{"type":"track"}', null, 1)(0)).toBe('{"type":"track"}');
});

it('refuses to guess when events and text do not fit together', () => {
  expect(() => findOriginals('{"batch":[1]}', 'batch', 2)).toThrow(RangeError);
});
