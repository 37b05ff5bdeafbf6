import { expect, it } from 'vitest';
import { writeKeyOfHeaders } from '../../../services/ingest/write-key.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

it.each([
  ['Basic', { authorization: basic('wk:') }, 'wk'],
  ['Basic with a password', { authorization: basic('wk:secret') }, 'wk'],
  ['Basic without a colon', { authorization: basic('wk') }, 'wk'],
  ['basic in small letters', { authorization: basic('wk:').replace('Basic', 'basic') }, 'wk'],
  ['Bearer', { authorization: 'Bearer wk' }, 'wk'],
  ['X-Write-Key', { 'x-write-key': ' wk ' }, 'wk'],
])('reads the key from %s', (_what, headers, key) => {
  expect(writeKeyOfHeaders(headers)).toBe(key);
});

it.each([
  ['nothing', {}],
  ['an empty user', { authorization: basic(':secret') }],
  ['another scheme', { authorization: 'Digest wk' }],
  ['a scheme alone', { authorization: 'Bearer' }],
  ['an empty header', { 'x-write-key': ' ' }],
])('finds no key in %s', (_what, headers) => {
  expect(writeKeyOfHeaders(headers)).toBeNull();
});
