import { knownTimezone } from '../../core/clocks/known-timezone.ts';
import { contactEvent } from '../../core/deliveries/contact-event.ts';
import type { Delivery, StoredDelivery } from '../../core/deliveries/delivery.ts';
import { latestMessageMs } from '../../core/deliveries/delivery-terms.ts';
import { type MessageLanguage, messageLanguageOf } from '../../core/deliveries/message-language.ts';
import type { MessagePayload } from '../../core/deliveries/message-payload.ts';
import { messageVariables } from '../../core/deliveries/message-variables.ts';
import { type MessageTemplate, renderMessage } from '../../core/deliveries/render-message.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { MessageChannel, OutgoingMessage } from '../../core/ports/message-channel.ts';
import type { CustomerReach } from '../../core/profile/customer-reach.ts';
import type { BilingualText } from '../../core/reasons/bilingual-text.ts';
import type { DurationMs, EpochMs, Surrogate } from '../../core/units.ts';
import type { ContactLinks } from './contact-links.ts';
import type { Sender, SendResult } from './sender.ts';

/** How a tenant speaks to its customers. */
export interface TenantMessages {
  readonly shop: BilingualText;
  readonly language: MessageLanguage;
  readonly timezone: string;
  readonly links: Readonly<Record<string, string>>;
  /** Null without tracking. */
  readonly tracking: ContactLinks | null;
  readonly channels: ReadonlyMap<string, MessageChannel>;
  templateOf(playbook: string | null): MessageTemplate;
}

export interface MessageSenderDeps {
  readonly tenantOf: (tenant: string) => TenantMessages | null;
  readonly reachOf: (tenant: string, surrogate: Surrogate) => Promise<CustomerReach>;
  /** When a message may go out at or after an instant, in the customer's time zone. */
  readonly nextAllowed: (tenant: string, timezone: string, at: EpochMs) => EpochMs;
  /** Owes events to ingest; does nothing for a tenant whose events do not go back. */
  readonly tell: (events: readonly Delivery[]) => Promise<void>;
  readonly clock: Pick<Clock, 'now'>;
  readonly longestMs: DurationMs;
}

const isPlace = /^[^\s@<>",;]+@[^\s@<>",;]+$/;

/**
 * Sends messages to customers. What goes out late is asked once more: within the quiet hours it waits for their end, and
 * one that could not go out for two days does not go out at all. Whom it goes to is looked up now, and kept nowhere.
 */
export function createMessageSender(deps: MessageSenderDeps): Sender {
  const { tenantOf, reachOf, clock, longestMs } = deps;

  async function send(delivery: StoredDelivery): Promise<SendResult> {
    const { tenant: id, target, subject } = delivery;
    const payload = JSON.parse(delivery.payload) as MessagePayload;
    const tenant = tenantOf(id);
    const channel = tenant?.channels.get(target);
    if (tenant === null || channel === undefined) return { as: 'dead', reason: 'channel-not-configured' };
    const now = clock.now();
    // Whoever asks for it again wants it in spite of its age.
    if (now - Math.max(payload.at, delivery.replayedAt ?? 0) > latestMessageMs)
      return { as: 'dead', reason: 'too-late' };
    if (subject.surrogate === null) return { as: 'dead', reason: 'no-address' };
    const reach = await reachOf(id, subject.surrogate);
    const timezone = knownTimezone(reach.timezone, tenant.timezone);
    const allowedAt = deps.nextAllowed(id, timezone, now);
    if (payload.purpose !== 'service' && allowedAt > now) {
      return { as: 'waiting', reason: 'quiet-hours', until: allowedAt };
    }
    const to = addressFor(channel, reach, subject.customerRef);
    if (to === undefined) return { as: 'dead', reason: 'no-address' };
    const message = compose(delivery, { payload, tenant, reach, timezone, to, now });
    return hand(deps, delivery, channel, message);
  }

  return { send, longestMs };
}

/** Undefined where the channel cannot reach the customer; null where its provider needs no address. */
function addressFor(channel: MessageChannel, reach: CustomerReach, customerRef: string | null) {
  if (channel.needs === 'customerRef') return customerRef === null ? undefined : null;
  if (channel.needs === 'phone') return reach.phone ?? undefined;
  return reach.email !== null && isPlace.test(reach.email) ? reach.email : undefined;
}

interface Composing {
  readonly payload: MessagePayload;
  readonly tenant: TenantMessages;
  readonly reach: CustomerReach;
  readonly timezone: string;
  readonly to: string | null;
  readonly now: EpochMs;
}

function compose(delivery: StoredDelivery, { payload, tenant, reach, timezone, to, now }: Composing): OutgoingMessage {
  const { subject } = delivery;
  const { tracking } = tenant;
  const links = Object.entries(tenant.links).map(([name, url]) => {
    return [name, tracking === null ? url : tracking.click(delivery, { name, url })] as const;
  });
  const variables = messageVariables({
    payload,
    customerRef: subject.customerRef,
    shop: tenant.shop,
    timezone,
    links: Object.fromEntries(links),
    pixel: tracking?.pixel(delivery) ?? null,
  });
  const language = messageLanguageOf(reach.language) ?? tenant.language;
  const rendered = renderMessage(tenant.templateOf(subject.playbook), language, variables);
  return { id: delivery.id, to, customerRef: subject.customerRef, at: now, language, ...rendered };
}

/** The event is owed before the message counts as sent: killed in between, the message goes again and the event does not. */
async function hand(
  { tell, clock }: MessageSenderDeps,
  delivery: StoredDelivery,
  channel: MessageChannel,
  message: OutgoingMessage,
): Promise<SendResult> {
  const result = await channel.send(message);
  if (result.as === 'failed') return result;
  if (result.as === 'undeliverable') return { as: 'dead', reason: result.reason };
  const now = clock.now();
  const events = [contactEvent(delivery, 'contact.sent', now)];
  if (result.isDelivered) events.push(contactEvent(delivery, 'contact.delivered', now));
  await tell(events);
  return { as: 'sent' };
}
