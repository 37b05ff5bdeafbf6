import { describe, expect, it } from 'vitest';
import { toSegmentCall } from '../../../simulator/to-segment-call.ts';

const base = { number: 3, customerId: 'c00042', source: 'web', at: Date.UTC(2026, 4, 1, 10) } as const;
const context = { runId: 'sim7-x', currency: 'GBP', imported: null };

describe('toSegmentCall', () => {
  it('sends an order as Order Completed in major units', () => {
    const call = toSegmentCall({ ...base, what: 'order-placed', orderId: 'o1', totalMinor: 1999, units: 2 }, context);
    expect(call).toEqual({
      source: 'web',
      messageId: 'sim7-x-c00042-3',
      userId: 'c00042',
      timestamp: '2026-05-01T10:00:00.000Z',
      body: {
        type: 'track',
        event: 'Order Completed',
        properties: { orderId: 'o1', total: 19.99, currency: 'GBP', units: 2, channel: 'web' },
      },
      imported: null,
    });
  });

  it.each([
    [{ ...base, what: 'joined' }, 'identify'],
    [{ ...base, what: 'page-viewed', page: 'home' }, 'page'],
    [{ ...base, what: 'order-cancelled', orderId: 'o1', totalMinor: 100 }, 'Order Cancelled'],
    [{ ...base, what: 'case-opened', subject: 'late delivery' }, 'case.opened'],
    [{ ...base, what: 'survey-answered', score: 3 }, 'survey.answered'],
  ] as const)('sends %j as %s', (event, name) => {
    const { body } = toSegmentCall(event, context);
    expect(body.type === 'track' ? body.event : body.type).toBe(name);
  });
});
