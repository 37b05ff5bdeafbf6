import { describe, expect, it } from 'vitest';
import { readAmount } from '../../../../services/ingest/steps/read-amount.ts';
import { readCustomer } from '../../../../services/ingest/steps/read-customer.ts';
import { aPlannedEvent } from '../ingest-fixtures.ts';

const userOf = (json: string) => readCustomer({ userId: JSON.parse(json), anonymousId: 'a1' });
const amountOf = (json: string) =>
  readAmount(aPlannedEvent({ properties: { revenue: JSON.parse(json), currency: 'JPY' } }), 'GBP');

describe('a whole number of an event', () => {
  it('is kept to its last digit as far as a double can hold it', () => {
    expect(userOf('9007199254740991')).toMatchObject({ outcome: 'ok', value: { user: '9007199254740991' } });
    expect(userOf('"9007199254740993"')).toMatchObject({ outcome: 'ok', value: { user: '9007199254740993' } });
    expect(amountOf('99999999999999')).toMatchObject({ outcome: 'ok', value: { minor: 99_999_999_999_999 } });
  });

  it.each(['9007199254740992', '9007199254740993', '-9007199254740993', '1e300'])(
    'is refused with a reason, never rounded: %s',
    (json) => {
      expect(userOf(json)).toMatchObject({
        outcome: 'dead-letter',
        code: 'ERR_EVENT_INVALID',
        detail: expect.stringContaining('send ids as text') as string,
      });
      for (const amount of [json, `"${json}"`]) {
        expect(amountOf(amount)).toMatchObject({ outcome: 'dead-letter', code: 'ERR_EVENT_AMOUNT' });
      }
    },
  );
});
