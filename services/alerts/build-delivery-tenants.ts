import { resolve } from 'node:path';
import { minuteOfClock } from '../core/clocks/minute-of-clock.ts';
import { instantOfLocalMinute } from '../core/clocks/local-minute.ts';
import { type ContactHours, createContactHours } from '../core/contacts/quiet-hours.ts';
import type { TaskSubscriber } from '../core/deliveries/owed-deliveries.ts';
import { createBusinessCalendar } from '../core/events/business-day.ts';
import { createZoneOffset } from '../core/events/zone-offset.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { MessageChannel } from '../core/ports/message-channel.ts';
import type { DurationMs } from '../core/units.ts';
import { createSmtpChannel } from '../platform/mail/smtp-channel.ts';
import type { ChannelSetting, TenantDelivery } from '../platform/runtime/delivery-file-schema.ts';
import type { Tenant } from '../platform/runtime/installation.ts';
import type { ReadDelivery } from '../platform/runtime/read-delivery-file.ts';
import { type MessageTemplates, readMessageTemplates } from '../platform/runtime/read-message-templates.ts';
import type { createGuardedPost } from '../platform/webhooks/guarded-post.ts';
import { createSignedWebhookCaller } from '../platform/webhooks/signed-webhook-caller.ts';
import { createProviderChannel } from './channels/provider-channel.ts';
import { createContactLinks, type LinkTokens } from './deliveries/contact-links.ts';
import type { DigestSchedule } from './deliveries/digest-planner.ts';
import type { DigestTarget } from './deliveries/digest-sender.ts';
import type { TenantMessages } from './deliveries/message-sender.ts';
import type { WebhookTarget } from './deliveries/webhook-sender.ts';

export interface DeliveryTenant {
  readonly messages: TenantMessages;
  readonly webhooks: ReadonlyMap<string, WebhookTarget>;
  readonly subscribers: readonly TaskSubscriber[];
  readonly digests: ReadonlyMap<string, DigestTarget>;
  /** What a single receiver is given at most. */
  readonly longestMs: DurationMs;
  /** Null without digests. */
  readonly schedule: DigestSchedule | null;
  hoursIn(timezone: string): ContactHours;
}

export interface DeliveryTenantParts {
  readonly read: ReadDelivery;
  readonly post: ReturnType<typeof createGuardedPost>;
  readonly tokens: LinkTokens;
  readonly clock: Pick<Clock, 'now'>;
}

/** What goes out for each tenant that the delivery file names. */
export async function buildDeliveryTenants(
  tenants: readonly Tenant[],
  parts: DeliveryTenantParts,
): Promise<ReadonlyMap<string, DeliveryTenant>> {
  const built = new Map<string, DeliveryTenant>();
  for (const tenant of tenants) {
    const setting = parts.read.file.tenants[tenant.id];
    if (setting === undefined) continue;
    const { templates_file: name, links } = setting;
    const path = name === null ? null : resolve(parts.read.folder, name);
    const templates = await readMessageTemplates(path, Object.keys(links));
    built.set(tenant.id, buildTenant(tenant, setting, { ...parts, templates }));
  }
  return built;
}

function buildTenant(
  { id, timezone }: Tenant,
  setting: TenantDelivery,
  parts: DeliveryTenantParts & { readonly templates: MessageTemplates },
): DeliveryTenant {
  const { templates, tokens } = parts;
  const { shop, language, links, tracking_url: base } = setting;
  const channels = new Map(
    Object.entries(setting.channels).map(([name, channel]) => [name, buildChannel(name, channel, parts)] as const),
  );
  const tracking = base === null ? null : createContactLinks(tokens, base.replace(/\/+$/, ''));
  const templateOf = (playbook: string | null) =>
    playbook !== null && Object.hasOwn(templates.playbooks, playbook)
      ? templates.playbooks[playbook]
      : templates.default;
  const webhooks = new Map(
    Object.entries(setting.webhooks).map(([name, { url, secret_file: file, timeout_seconds: seconds }]) => {
      return [name, { url, timeoutMs: seconds * 1000, caller: callerOf(file, parts) }] as const;
    }),
  );
  return {
    messages: { shop, language, timezone, links, tracking, channels, templateOf },
    webhooks,
    subscribers: Object.entries(setting.webhooks).map(([target, { events }]) => ({ target, events: new Set(events) })),
    digests: digestTargets(setting, channels),
    longestMs: longestOf(setting),
    schedule: scheduleOf(id, timezone, setting),
    hoursIn: createHoursIn(timezone, setting.quiet),
  };
}

function longestOf({ webhooks, channels }: TenantDelivery): DurationMs {
  const seconds = [...Object.values(webhooks), ...Object.values(channels)].map((each) => each.timeout_seconds);
  return Math.max(0, ...seconds) * 1000;
}

function buildChannel(name: string, channel: ChannelSetting, parts: DeliveryTenantParts): MessageChannel {
  const timeoutMs = channel.timeout_seconds * 1000;
  if (channel.kind === 'webhook') {
    const { url, needs, secret_file: file } = channel;
    return createProviderChannel({ channel: name, caller: callerOf(file, parts), url, timeoutMs, needs });
  }
  const { host, port, tls, user, from, password_file: file } = channel;
  const password = file === null ? null : (parts.read.passwords.get(file) ?? null);
  return createSmtpChannel({ host, port, tls, user, password, from, timeoutMs });
}

function callerOf(secretFile: string, { read, post, clock }: DeliveryTenantParts) {
  return createSignedWebhookCaller({ post, secrets: read.secrets.get(secretFile) ?? [], clock });
}

function digestTargets({ digests, shop }: TenantDelivery, channels: ReadonlyMap<string, MessageChannel>) {
  const channel = digests === null ? undefined : channels.get(digests.channel);
  if (digests === null || channel === undefined) return new Map<string, DigestTarget>();
  return new Map(Object.entries(digests.queues).map(([queue, addresses]) => [queue, { shop, addresses, channel }]));
}

function scheduleOf(tenant: string, timezone: string, { digests }: TenantDelivery): DigestSchedule | null {
  if (digests === null) return null;
  const calendar = createBusinessCalendar(timezone);
  const zoneOffset = createZoneOffset(timezone);
  const minute = minuteOfClock(digests.at);
  const dueAt = (day: number): number =>
    instantOfLocalMinute(zoneOffset, { day, start: calendar.startOf(day), next: calendar.startOf(day + 1), minute });
  return { tenant, calendar, dueAt, queues: Object.keys(digests.queues) };
}

const mostZones = 600;

/** Zones come from profiles and repeat; there are fewer than are kept. */
function createHoursIn(tenantZone: string, quiet: TenantDelivery['quiet']): (timezone: string) => ContactHours {
  if (quiet === null) return () => ({ nextAllowed: (at) => at });
  const known = new Map<string, ContactHours>();
  const minutes = { from: minuteOfClock(quiet.from), to: minuteOfClock(quiet.to) };
  return (timezone: string): ContactHours => {
    const zone = known.size < mostZones || known.has(timezone) ? timezone : tenantZone;
    let hours = known.get(zone);
    if (hours === undefined) known.set(zone, (hours = createContactHours(zone, minutes, new Set())));
    return hours;
  };
}
