import { describe, expect, it } from 'vitest';
import { eventTypes } from '../../../../services/core/events/event-types.ts';
import { featureReading } from '../../../../services/core/features/reads-features.ts';

describe('the features', () => {
  it.each([
    ['order.placed', 1, 'purchase'],
    ['order.placed', 0, 'purchase'],
    ['order.placed', null, 'purchase'],
    ['order.placed', -1, 'cancellation'],
    ['order.cancelled', -1, 'cancellation'],
    ['order.cancelled', 1, 'cancellation'],
    ['order.cancelled', null, 'cancellation'],
    ['order.returned', -1, 'cancellation'],
  ])('read %s of %s as a %s', (type, reportingAmountMinor, reading) => {
    expect(featureReading({ type, reportingAmountMinor })).toBe(reading);
  });

  it('read every other type as a signal, but for those that tell nothing new', () => {
    const unread = eventTypes.filter((type) => featureReading({ type, reportingAmountMinor: 1 }) === null);
    expect(unread).toEqual([
      'customer.upserted', 'customer.erased', 'identity.linked', 'identity.unlinked', 'preference.changed', 'tag.assigned',
      'page.viewed', 'device.reading', 'location.reported', 'order.fulfilled', 'payment.made', 'service.subscribed',
      'contact.delivered', 'coupon.claimed', 'member.registered', 'reward.share_made', 'offer.shown', 'lead.captured',
      'opportunity.moved', 'custom',
    ]); // prettier-ignore
    for (const type of eventTypes) {
      const isOrder = ['order.placed', 'order.cancelled', 'order.returned'].includes(type);
      if (!isOrder && !unread.includes(type)) expect(featureReading({ type, reportingAmountMinor: -1 })).toBe('signal');
    }
  });
});
