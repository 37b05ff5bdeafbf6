import { describe, expect, it } from 'vitest';
import { checkEvent } from '../../../../services/ingest/steps/check-event.ts';
import { aClientEvent } from '../ingest-fixtures.ts';

describe('checkEvent', () => {
  it.each([['e1'], [' e1 '], ['客户-1'], ['x'.repeat(256)], ['__proto__']])('lets the id %j pass as it is', (id) => {
    expect(checkEvent(aClientEvent({ clientEventId: id }))).toEqual({ outcome: 'ok', value: id });
  });

  it.each([[undefined], [null], [''], ['  '], [7], [{}], ['x'.repeat(257)], ['a\ud800']])('refuses the id %j', (id) => {
    expect(checkEvent(aClientEvent({ clientEventId: id }))).toMatchObject({ code: 'ERR_EVENT_INVALID' });
  });

  it('refuses what its dialect could not read', () => {
    const event = aClientEvent({ fault: 'type is missing' });
    expect(checkEvent(event)).toMatchObject({ code: 'ERR_EVENT_INVALID', detail: 'type is missing' });
  });
});
