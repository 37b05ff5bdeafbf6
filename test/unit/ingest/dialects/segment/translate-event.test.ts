import { describe, expect, it } from 'vitest';
import { translateEvent } from '../../../../../services/ingest/dialects/segment/translate-event.ts';

const noShare = { type: null, sentAt: undefined, context: undefined };

describe('translateEvent', () => {
  it.each([
    ['null', null],
    ['a number', 7],
    ['a text', 'track'],
    ['a list', [{ type: 'track' }]],
  ])('says that %s is no event', (_what, value) => {
    expect(translateEvent(value, noShare).fault).toMatch(/not a JSON object/);
  });

  it.each([
    ['no type', {}],
    ['an unknown type', { type: 'purchase' }],
    ['a type that is no text', { type: 7 }],
    ['a track event without a name', { type: 'track' }],
    ['a track event with a name that is no text', { type: 'track', event: { a: 1 } }],
    ['a track event with an empty name', { type: 'track', event: '  ' }],
  ])('says what is wrong with %s', (_what, message) => {
    expect(translateEvent(message, noShare).fault).not.toBeNull();
  });

  it.each([
    ['timestamp first', { timestamp: 't', originalTimestamp: 'o', sentAt: 's' }, 't'],
    ['originalTimestamp next', { originalTimestamp: 'o', sentAt: 's' }, 'o'],
    ['its own sentAt next', { sentAt: 's' }, 's'],
    ['the sentAt of the request last', {}, 'b'],
    ['a timestamp that is not readable before any other', { timestamp: 7, sentAt: 's' }, 7],
  ])('takes %s for the event time', (_what, fields, time) => {
    expect(translateEvent({ type: 'track', event: 'x', ...fields }, { ...noShare, sentAt: 'b' }).time).toBe(time);
  });

  it('leaves it to the plan what the name of an event means', () => {
    const event = translateEvent({ type: 'track', event: ' Button Clicked ' }, noShare);
    expect(event).toMatchObject({ type: null, name: 'Button Clicked' });
  });

  it('calls the name of a page by another word than that of a person', () => {
    const page = translateEvent({ type: 'page', name: 'Home', category: 'Docs', properties: { path: '/' } }, noShare);
    expect(page.properties).toEqual({ pageName: 'Home', category: 'Docs', path: '/' });
    const custom = translateEvent({ type: 'track', event: 'Quiz Won', properties: { name: 'Jane' } }, noShare);
    expect(custom.properties).toEqual({ name: 'Jane' });
  });

  it('counts traits, the address of the sender and former ids to the person', () => {
    const message = {
      type: 'alias',
      userId: 'u',
      previousId: 'a1',
      traits: { email: 'new@x.org' },
      context: { ip: '192.0.2.1', traits: { email: 'old@x.org', plan: 'gold' } },
    };
    const traits = { email: 'new@x.org', plan: 'gold', ip: '192.0.2.1', previousId: 'a1' };
    expect(translateEvent(message, noShare).traits).toEqual(traits);
  });

  it('reads the mark of an import', () => {
    const context = { tidewatch: { historical: true, importId: 'i1' } };
    expect(translateEvent({ type: 'page', context }, noShare)).toMatchObject({ historical: true, importId: 'i1' });
    expect(translateEvent({ type: 'page' }, { ...noShare, context })).toMatchObject({ historical: true });
  });

  it.each([
    ['the context', { type: 'track', context: { channel: 'pos' }, channel: 'server' }, 'pos'],
    ['the event itself', { type: 'track', channel: 'mobile' }, 'mobile'],
    ['a page, not from where its library runs', { type: 'page', channel: 'server' }, 'web'],
    ['a page', { type: 'page' }, 'web'],
    ['the context of a page', { type: 'track', context: { page: {} } }, 'web'],
    ['a screen', { type: 'screen' }, 'app'],
    ['a device', { type: 'track', context: { device: {} } }, 'app'],
  ])('guesses the channel from %s', (_what, message, channel) => {
    const hints = translateEvent(message, noShare).channelHints.filter((hint) => typeof hint === 'string');
    expect(hints[0]).toBe(channel);
  });

  it('has the same content for an honest retry, and another for anything the client changed', () => {
    const message = { type: 'track', event: 'x', messageId: 'm', properties: { a: 1 }, timestamp: 't' };
    const content = (changes: object) => translateEvent({ ...message, ...changes }, noShare).content;
    const transport = { sentAt: 's', receivedAt: 'r', writeKey: 'wk', _metadata: {}, integrations: { All: true } };
    const context = { library: { name: 'l', version: '2' }, ip: '192.0.2.1', userAgent: 'u' };
    expect(content({ ...transport, context })).toEqual(content({ context: {} }));
    for (const changed of [{ properties: { a: 2 } }, { timestamp: 'u' }, { userId: 'v' }, { context: { page: {} } }]) {
      expect(content(changed)).not.toEqual(content({}));
    }
  });
});
