import { expect, it } from 'vitest';
import { findOriginals } from '../../../../services/ingest/body/originals.ts';

it('finds each event of a list as it was sent', () => {
  const original = findOriginals('{"batch":[ {"v":1e999} ,null]}', [{ v: Infinity }, null], { member: 'batch' });
  expect([original(0), original(1)]).toEqual(['{"v":1e999}', 'null']);
});

it('finds each event of a body that is a list', () => {
  const original = findOriginals(' [ {"a":[1,2]} , 7]', [{ a: [1, 2] }, 7], 'list');
  expect([original(0), original(1)]).toEqual(['{"a":[1,2]}', '7']);
  expect(() => findOriginals('{"a":[1]}', [1], 'list')).toThrow(RangeError);
});

it('takes the whole body where it is the event', () => {
  expect(findOriginals('{"type":"track"}', [{}], 'body')(0)).toBe('{"type":"track"}');
});

it('refuses to guess when events and text do not fit together', () => {
  expect(() => findOriginals('{"batch":[1]}', [1, 1], { member: 'batch' })).toThrow(RangeError);
});

it('writes down an event that was put together from other parts of the request', () => {
  expect(findOriginals('', [{ e: 'pv' }], 'none')(0)).toBe('{"e":"pv"}');
});
