import { describe, expect, it } from 'vitest';
import { parseFieldMap } from '../../../../cli/import/field-map.ts';
import { makeEvent } from '../../../../cli/import/make-event.ts';
import { toRequest } from '../../../../cli/import/to-request.ts';
import { plainDialect } from '../../../../services/ingest/dialects/plain/plain-dialect.ts';

const request = {
  file: 'orders.csv',
  format: 'csv',
  map: parseFieldMap('customer_id=Who,timestamp=When,amount=Sum,channel=Via,orderId=No,traits.email=Mail'),
  type: 'order.placed',
  typeColumn: null,
  timezone: 'UTC',
  currency: 'EUR',
  importId: 'spring',
} as const;

function understood(values: Readonly<Record<string, unknown>>) {
  const event = makeEvent({ number: 7, values: { Who: 'c1', When: '2024-07-01', ...values }, fault: null }, request);
  if (typeof event === 'string') throw new Error(event);
  const { path, body } = toRequest([event], request.importId);
  const call = plainDialect.calls.find((each) => each.path === path);
  if (call === undefined) throw new Error(`${path} is no path of the dialect`);
  const opened = plainDialect.open(call.call, { headers: {}, query: {}, body: JSON.parse(body) as unknown });
  if (typeof opened === 'string') throw new Error(opened);
  return plainDialect.translate(call.call, opened.events[0], opened.share);
}

describe('the request of an import, as ingest understands it', () => {
  it('is history of the import, with time, money, channel, properties and traits of the row', () => {
    expect(understood({ Sum: '-12.50', Via: 'store', No: 'A-1', Mail: 'a@example.org' })).toMatchObject({
      clientEventId: 'spring:7',
      fault: null,
      name: 'order.cancelled',
      userId: 'c1',
      time: '2024-07-01T00:00:00.000Z',
      properties: { orderId: 'A-1', revenue: '12.50', currency: 'EUR' },
      traits: { email: 'a@example.org' },
      channelHints: ['store', undefined],
      historical: true,
      importId: 'spring',
    });
  });

  it('names no money where the row has none', () => {
    expect(understood({ Sum: '' }).properties).toEqual({});
  });
});
