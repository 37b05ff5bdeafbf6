import { describe, expect, it } from 'vitest';
import { isPersonalName, looksPersonal } from '../../../../services/ingest/steps/personal-data.ts';

describe('isPersonalName', () => {
  it.each([
    ['email'], ['E-Mail'], ['customerEmail'], ['shipping_phone'], ['phone_number'], ['name'], ['firstName'],
    ['last_name'], ['address'], ['billingAddress'], ['ip'], ['ip_address'], ['birthday'], ['date_of_birth'],
    ['postal_code'], ['userId'], ['customer_id'], ['生日'], ['手机'],
  ])('takes %s for personal', (name) => {
    expect(isPersonalName(name)).toBe(true);
  }); // prettier-ignore

  it.each([['productName'], ['sku'], ['ipsum'], ['shipping'], ['campaign_name'], ['order_id'], ['plan'], ['zipped']])(
    'takes %s for plain',
    (name) => {
      expect(isPersonalName(name)).toBe(false);
    },
  );
});

describe('looksPersonal', () => {
  it.each([
    ['jane@example.com'],
    ['mail to <jane.doe+x@mail.example.co.uk>!'],
    ['https://shop.example/?u=jane%40example.com'],
    ['@ @ jane@例子.中国'],
    ['+44 7700 900123'],
  ])('recognises %s', (text) => {
    expect(looksPersonal(text)).toBe(true);
  });

  it.each([['@home'], ['a@b'], ['10 @ 5.00 each'], ['user@'], ['447700900123'], ['+1'], ['SKU-12'], ['']])(
    'lets %j pass',
    (text) => {
      expect(looksPersonal(text)).toBe(false);
    },
  );

  it('reads hostile texts in time that grows with their length', () => {
    const startedAt = performance.now();
    for (const part of ['@', 'a@', 'a@b.', '%40']) looksPersonal(part.repeat(32_768 / part.length));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
