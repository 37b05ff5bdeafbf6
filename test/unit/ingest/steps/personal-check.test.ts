import { expect, it } from 'vitest';
import { createPersonalCheck } from '../../../../services/ingest/steps/personal-check.ts';

const isPersonal = createPersonalCheck({ user: '42', anonymous: 'visitor-0815' });

it.each([['42'], [' 42 '], ['visitor-0815'], ['/profile/visitor-0815/orders'], ['jane@example.com']])(
  'keeps %s out of sight',
  (text) => {
    expect(isPersonal(text)).toBe(true);
  },
);

it.each([['421'], ['/orders/42'], ['visitor-081'], ['']])('lets %j stand in clear', (text) => {
  expect(isPersonal(text)).toBe(false);
});
