import { describe, expect, it } from 'vitest';
import { plainDialect } from '../../../../../services/ingest/dialects/plain/plain-dialect.ts';

const event = {
  id: 'e1',
  type: 'order.placed',
  userId: 'u1',
  time: '2026-05-01T10:00:00Z',
  amount: 10,
  currency: 'EUR',
};
const translate = (changes: object, share = {}) => plainDialect.translate('events', { ...event, ...changes }, share);
const open = (body: unknown) => plainDialect.open('events', { headers: {}, query: {}, body });

describe('the plain dialect', () => {
  it.each([
    ['one event', event, 'body'],
    ['a list', [event], 'list'],
    ['a list with a share', { events: [event], importId: 'i' }, { member: 'events' }],
  ])('opens %s', (_what, body, from) => {
    expect(open(body)).toMatchObject({ from, events: [event] });
  });

  it.each([[null], [7], [{ events: 1 }]])('says that %j is none', (body) => {
    expect(open(body)).toMatch(/events/);
  });

  it('puts the fields to their places', () => {
    const fields = { region: 'north', store: 7, channel: 'pos', traits: { plan: 'gold' }, properties: { coupon: 'c' } };
    expect(translate(fields)).toMatchObject({
      clientEventId: 'e1', type: null, name: 'order.placed', userId: 'u1', time: event.time, fault: null,
      properties: { coupon: 'c', revenue: 10, currency: 'EUR', region: 'north', store: 7 },
      traits: { plan: 'gold' }, channelHints: ['pos', undefined],
    }); // prettier-ignore
  });

  it('takes milliseconds for a time, and any other value as it stands', () => {
    expect(translate({ time: 1777629600000 }).time).toBe('2026-05-01T10:00:00.000Z');
    expect(translate({ time: '1777629600000' }).time).toBe('2026-05-01T10:00:00.000Z');
    expect(translate({ time: 'noon' }).time).toBe('noon');
    expect(translate({ time: 1e300 }).time).toBe(1e300);
  });

  it('reads the marks of an import from the event or from all of them, and says the same content without them', () => {
    expect(translate({ historical: true, importId: 'i' })).toMatchObject({ historical: true, importId: 'i' });
    expect(translate({}, { historical: true, importId: 'i' })).toMatchObject({ historical: true, importId: 'i' });
    expect(translate({ historical: true, importId: 'i' }).content).toEqual(translate({ importId: 'j' }).content);
  });

  it('leaves an amount that is null, which hides a mistake of the sender', () => {
    expect(translate({ amount: null }).properties).toMatchObject({ revenue: null });
    const { amount: _amount, ...without } = event;
    expect(plainDialect.translate('events', without, {}).properties).not.toHaveProperty('revenue');
  });

  it.each([[null], [7], [[]], [{}], [{ id: 'e', type: 7 }]])('says that %j cannot be read', (value) => {
    expect(plainDialect.translate('events', value, {}).fault).not.toBeNull();
  });
});
