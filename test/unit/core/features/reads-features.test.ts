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

  it('read no other type of event', () => {
    const read = eventTypes.filter((type) => featureReading({ type, reportingAmountMinor: 1 }) !== null);
    expect(read).toEqual(['order.placed', 'order.cancelled', 'order.returned']);
  });
});
