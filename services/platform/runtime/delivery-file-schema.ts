import { isIP } from 'node:net';
import { z } from 'zod';
import { isEmail } from '../../core/identity/is-email.ts';
import { messageLanguages } from '../../core/deliveries/message-language.ts';
import { taskEventTypes } from '../../core/deliveries/webhook-payload.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be a name of small letters, digits and "-", like "erp"');
const label = z.strictObject({ en: z.string().min(1), zhCN: z.string().min(1) });
const seconds = z.number().min(1, 'must be 1 to 60 seconds').max(60, 'must be 1 to 60 seconds');
const url = z
  .string()
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), 'must be an http(s) address');
const address = z.string().refine(isEmail, 'must be an e-mail address');
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, like 08:00');
const host = z
  .string()
  .refine(
    (text) => isIP(text) !== 0 || URL.parse(`https://${text}`)?.hostname === text,
    'must be a host name or address in small letters, without port',
  );
const secretFile = z.string().min(1, 'must be the path of a file');

const webhook = z.strictObject({
  url,
  secret_file: secretFile,
  timeout_seconds: seconds.default(10),
  /** Calls of playbooks come anyway. */
  events: z.array(z.enum(taskEventTypes)).default([]),
});

const smtp = z.strictObject({
  kind: z.literal('smtp'),
  host,
  port: z.int().min(1).max(65535).default(587),
  /** TLS from the first byte (465); else STARTTLS, which is required unless `plain` says otherwise. */
  tls: z.enum(['implicit', 'starttls', 'plain']).default('starttls'),
  user: z.string().min(1).nullable().default(null),
  password_file: secretFile.nullable().default(null),
  from: z.strictObject({ name: z.string().min(1), address }),
  timeout_seconds: seconds.default(20),
});

const provider = z.strictObject({
  kind: z.literal('webhook'),
  url,
  secret_file: secretFile,
  needs: z.enum(['email', 'phone', 'customerRef']),
  timeout_seconds: seconds.default(10),
});

const tenant = z.strictObject({
  shop: label,
  /** Of customers who do not say which they read. */
  language: z.enum(messageLanguages).default('both'),
  /** When no message but one of service goes out: local time of the customer, or of the tenant; null for never. */
  quiet: z
    .strictObject({ from: clockTime, to: clockTime })
    .refine(({ from, to }) => from !== to, 'must leave time for messages; null has no quiet hours')
    .nullable()
    .default({ from: '21:00', to: '09:00' }),
  /** See templates/messages.yaml; that one where absent. */
  templates_file: z.string().min(1).nullable().default(null),
  /** Pages that templates can lead to, by name. */
  links: z.record(name, url.max(400, 'may have 400 characters')).default({}),
  /** Where customers reach alerts; without it nothing is known of what they open and follow. */
  tracking_url: url.nullable().default(null),
  webhooks: z.record(name, webhook).default({}),
  channels: z.record(name, z.discriminatedUnion('kind', [smtp, provider])).default({}),
  digests: z
    .strictObject({ at: clockTime, channel: name.default('email'), queues: z.record(name, z.array(address).min(1)) })
    .nullable()
    .default(null),
});

/** The form of a delivery file (docs/reference/delivery.md). */
export const deliveryFileSchema = z.strictObject({
  format: z.literal(1),
  /** Hosts that webhooks may call; nothing else is ever called. */
  allow: z.array(z.strictObject({ host, networks: z.array(z.enum(['loopback', 'private'])).default([]) })).default([]),
  tenants: z.record(z.string(), tenant).default({}),
});

export type DeliveryFile = z.output<typeof deliveryFileSchema>;
export type TenantDelivery = DeliveryFile['tenants'][string];
export type ChannelSetting = TenantDelivery['channels'][string];
