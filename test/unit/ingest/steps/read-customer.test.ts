import { describe, expect, it } from 'vitest';
import { readCustomer } from '../../../../services/ingest/steps/read-customer.ts';

describe('readCustomer', () => {
  it.each([
    ['a user', 'u1', undefined, { user: 'u1', anonymous: null }],
    ['an anonymous visitor', undefined, 'a1', { user: null, anonymous: 'a1' }],
    ['both', 'u1', 'a1', { user: 'u1', anonymous: 'a1' }],
    ['a number as text', 42, null, { user: '42', anonymous: null }],
    ['ids with spaces round them', ' u1 ', null, { user: 'u1', anonymous: null }],
    ['a placeholder beside a real id', 'null', 'a1', { user: null, anonymous: 'a1' }],
    ['an e-mail address in small letters', 'Jane@Example.com', null, { user: 'jane@example.com', anonymous: null }],
  ])('reads %s', (_what, userId, anonymousId, ids) => {
    expect(readCustomer({ userId, anonymousId })).toEqual({ outcome: 'ok', value: ids });
  });

  it.each([
    ['nobody', undefined, undefined],
    ['placeholders only', 'guest', 'undefined'],
    ['zero', 0, null],
    ['a list', ['u1'], 'a1'],
    ['true', true, 'a1'],
    ['a number that lost digits', 2 ** 60, 'a1'],
    ['an id beyond any measure', 'x'.repeat(257), 'a1'],
    ['half a character', 'u\udc00', 'a1'],
    ['an impossible anonymous id', 'u1', {}],
  ])('refuses %s', (_what, userId, anonymousId) => {
    expect(readCustomer({ userId, anonymousId })).toMatchObject({ outcome: 'dead-letter', code: 'ERR_EVENT_INVALID' });
  });
});
