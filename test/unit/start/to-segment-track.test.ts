import { describe, expect, it } from 'vitest';
import { toSegmentTrack } from '../../../scripts/start/replay/to-segment-track.ts';

const context = { timezone: 'Europe/London', currency: 'GBP', importId: 'orders-1' };
const row = {
  ts: '2010-06-01 07:45:00',
  CustomerID: '13085',
  Invoice: '489434',
  cancel: '0',
  amount: '505.3',
  units: '166',
  lines: '8',
  country: 'United Kingdom',
};

describe('toSegmentTrack', () => {
  it('turns an order row into the call that a shop would have made', () => {
    expect(toSegmentTrack(row, context)).toEqual({
      type: 'track',
      messageId: '489434:13085:0',
      userId: '13085',
      event: 'Order Completed',
      timestamp: '2010-06-01T06:45:00.000Z',
      properties: { orderId: '489434', total: 505.3, currency: 'GBP', units: 166, lines: 8 },
      context: { tidewatch: { historical: true, importId: 'orders-1' } },
    });
  });

  it('turns a cancellation into Order Cancelled with a positive amount', () => {
    const call = toSegmentTrack({ ...row, Invoice: 'C489449', cancel: '1', amount: '-196.1' }, context);
    expect(call).toMatchObject({
      messageId: 'C489449:13085:1',
      event: 'Order Cancelled',
      properties: { total: 196.1 },
    });
  });

  it('knows winter time', () => {
    const call = toSegmentTrack({ ...row, ts: '2009-12-01 07:45:00' }, context);
    expect(call.timestamp).toBe('2009-12-01T07:45:00.000Z');
  });

  it.each([{ ts: 'yesterday' }, { amount: '' }, { amount: 'NaN' }])('refuses the row with %j', (broken) => {
    expect(() => toSegmentTrack({ ...row, ...broken }, context)).toThrow(
      expect.objectContaining({ code: 'ERR_DATA_FILE', message: expect.stringContaining('489434') as string }) as Error,
    );
  });
});
