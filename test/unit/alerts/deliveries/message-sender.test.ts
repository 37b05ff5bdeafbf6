import { describe, expect, it } from 'vitest';
import { createMessageSender } from '../../../../services/alerts/deliveries/message-sender.ts';
import { createContactHours } from '../../../../services/core/contacts/quiet-hours.ts';
import type { StoredDelivery } from '../../../../services/core/deliveries/delivery.ts';
import type { MessagePayload } from '../../../../services/core/deliveries/message-payload.ts';
import type {
  MessageChannel,
  MessageResult,
  OutgoingMessage,
} from '../../../../services/core/ports/message-channel.ts';
import { type CustomerReach, unknownReach } from '../../../../services/core/profile/customer-reach.ts';
import { createMemoryDeliveryStore } from '../../../../services/platform/memory/memory-delivery-store.ts';

const hour = 3_600_000;
/** Noon in London, eight in the evening in Shanghai. */
const noon = Date.UTC(2026, 0, 15, 12);
const surrogate = 'a'.repeat(32);

interface BenchOptions {
  readonly now?: number;
  readonly reach?: Partial<CustomerReach>;
  readonly result?: MessageResult;
  readonly needs?: MessageChannel['needs'];
}

function openBench({ now = noon, reach = {}, result, needs = 'email' }: BenchOptions = {}) {
  const sent: OutgoingMessage[] = [];
  const store = createMemoryDeliveryStore();
  const channel: MessageChannel = {
    needs,
    close: () => Promise.resolve(),
    send(message) {
      sent.push(message);
      return Promise.resolve(result ?? { as: 'sent', isDelivered: false });
    },
  };
  const wording = { subject: 's', text: '{{message}}', html: '{{message}}' };
  const sender = createMessageSender({
    tenantOf: (tenant) =>
      tenant !== 'demo'
        ? null
        : {
            ...{
              shop: { en: 'Demo', zhCN: '演示' },
              language: 'both',
              timezone: 'Europe/London',
              links: {},
              tracking: null,
            },
            channels: new Map([['email', channel]]),
            templateOf: () => ({ en: wording, zhCN: wording }),
          },
    reachOf: () => Promise.resolve({ ...unknownReach, email: 'ada@example.org', ...reach }),
    nextAllowed: (_tenant, zone, at) =>
      createContactHours(zone, { from: 21 * 60, to: 9 * 60 }, new Set()).nextAllowed(at),
    tell: async (events) => void (await store.enqueue(events, now)),
    ...{ clock: { now: () => now }, longestMs: 1000 },
  });
  return { sender, sent, store };
}

function aMessage(overrides: Partial<StoredDelivery> = {}, payload: Partial<MessagePayload> = {}): StoredDelivery {
  const said: MessagePayload = {
    ...{ purpose: 'marketing', text: { en: 'Hi', zhCN: '您好' }, offer: null, expiresAt: null, at: noon },
    ...payload,
  };
  return {
    ...{ id: 'contact-1', tenant: 'demo', kind: 'message', target: 'email', createdAt: noon, dueAt: noon },
    subject: { surrogate, customerRef: '42', taskId: 't', playbook: 'p', channel: 'email' },
    ...{ state: 'claimed', attempts: 0, claims: 1, reason: null, settledAt: null, replayedAt: null },
    payload: JSON.stringify(said),
    ...overrides,
  };
}

const eventLane = { tenant: 'demo', kind: 'event', target: 'ingest' } as const;

describe('sending a message', () => {
  it('goes to the address of the profile, in the language of the customer, and owes an event', async () => {
    const { sender, sent, store } = openBench({ reach: { language: 'zh-CN' } });
    expect(await sender.send(aMessage())).toEqual({ as: 'sent' });
    expect(sent).toMatchObject([{ id: 'contact-1', to: 'ada@example.org', language: 'zh-CN', text: '您好' }]);
    const events = await store.list(eventLane, { state: 'pending', after: null, limit: 9 });
    expect(events.map(({ id }) => id)).toEqual(['contact-1.contact.sent']);
  });

  it('says that it arrived where the channel knows, and owes nothing for what failed', async () => {
    const known = openBench({ result: { as: 'sent', isDelivered: true } });
    await known.sender.send(aMessage());
    expect(await known.store.find(eventLane, 'contact-1.contact.delivered')).not.toBeNull();
    const failing = openBench({ result: { as: 'failed', reason: 'smtp-451', retryAfterMs: null } });
    expect(await failing.sender.send(aMessage())).toMatchObject({ as: 'failed' });
    const refused = openBench({ result: { as: 'undeliverable', reason: 'smtp-550' } });
    expect(await refused.sender.send(aMessage())).toEqual({ as: 'dead', reason: 'smtp-550' });
    expect(await failing.store.lanes()).toEqual([]);
    expect(await refused.store.lanes()).toEqual([]);
  });

  it.each([
    ['without an address', { reach: { email: null } }, {}, 'no-address'],
    ['without a telephone', { needs: 'phone' as const }, {}, 'no-address'],
    ['with what is no address', { reach: { email: 'ada' } }, {}, 'no-address'],
    ['with two addresses', { reach: { email: 'a@b.org, c@d.org' } }, {}, 'no-address'],
    ['by a channel that is not set up', {}, { target: 'sms' }, 'channel-not-configured'],
    ['of a tenant that has none', {}, { tenant: 'other' }, 'channel-not-configured'],
  ])('%s is given up', async (_what, options, overrides, reason) => {
    const { sender, sent } = openBench(options);
    expect(await sender.send(aMessage(overrides))).toEqual({ as: 'dead', reason });
    expect(sent).toEqual([]);
  });

  it('waits for the end of the quiet hours of the customer, or of the tenant', async () => {
    const late = noon + 2 * hour; // ten in the evening in Shanghai, two in London
    const there = openBench({ now: late, reach: { timezone: 'Asia/Shanghai' } });
    const until = Date.UTC(2026, 0, 16, 1);
    expect(await there.sender.send(aMessage())).toEqual({ as: 'waiting', reason: 'quiet-hours', until });
    expect(there.sent).toEqual([]);
    for (const reach of [{}, { timezone: 'Nowhere/Never' }]) {
      expect(await openBench({ now: late, reach }).sender.send(aMessage())).toEqual({ as: 'sent' });
    }
    // What the customer asked for is answered at any hour.
    const asked = openBench({ now: late, reach: { timezone: 'Asia/Shanghai' } });
    expect(await asked.sender.send(aMessage({}, { purpose: 'service' }))).toEqual({ as: 'sent' });
  });

  it('does not go out two days late, unless somebody asks for it again', async () => {
    const now = noon + 48 * hour;
    expect(await openBench({ now }).sender.send(aMessage())).toEqual({ as: 'sent' });
    const later = openBench({ now: now + 1 });
    expect(await later.sender.send(aMessage())).toEqual({ as: 'dead', reason: 'too-late' });
    expect(await later.sender.send(aMessage({ replayedAt: now }))).toEqual({ as: 'sent' });
    expect(later.sent).toHaveLength(1);
  });
});
