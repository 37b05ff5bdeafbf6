import type { Delivery, DeliveryKind } from '../core/deliveries/delivery.ts';
import { EngineError } from '../core/errors.ts';
import type { DeliveryStore } from '../core/ports/delivery-store.ts';
import { decodeProfile } from '../core/profile/decode-profile.ts';
import { customerReach, type CustomerReach, unknownReach } from '../core/profile/customer-reach.ts';
import type { RetentionTask } from '../core/tasks/retention-task.ts';
import type { Surrogate } from '../core/units.ts';
import { createAesSealer } from '../platform/crypto/aes-sealer.ts';
import { nodeDigest } from '../platform/crypto/node-digest.ts';
import { createIngestIntake } from '../platform/http/ingest-intake.ts';
import { createRedisStateStore } from '../platform/redis/redis-state-store.ts';
import { systemClock } from '../platform/runtime/system-clock.ts';
import { tenantsOfWriteKeys } from '../platform/runtime/tenants-of-write-keys.ts';
import { createTaskReader } from './api/task-reader.ts';
import type { DeliveryTenant } from './build-delivery-tenants.ts';
import type { AlertsConfig } from './config.ts';
import type { DeliveryParts } from './delivery-parts.ts';
import { createDigestSender } from './deliveries/digest-sender.ts';
import { createEventSender, type EventTenant } from './deliveries/event-sender.ts';
import { createMessageSender } from './deliveries/message-sender.ts';
import type { Sender } from './deliveries/sender.ts';
import { createWebhookSender } from './deliveries/webhook-sender.ts';

/** What an attempt takes besides the time that its receiver is given. */
const besidesMs = 5_000;
const ingestTimeoutMs = 10_000;
const mostDigestTasks = 20_000;

export interface SenderNeeds {
  readonly tenants: ReadonlyMap<string, DeliveryTenant>;
  readonly store: DeliveryStore;
}

export interface BuiltSenders {
  /** One per kind of delivery. */
  readonly senders: Readonly<Record<DeliveryKind, Sender>>;
  /** Owes events to ingest, for the tenants whose events go back. */
  readonly tell: (events: readonly Delivery[]) => Promise<void>;
}

/** What sends, and what owes events of it. */
export function buildDeliverySenders(
  config: AlertsConfig,
  parts: DeliveryParts,
  { tenants, store }: SenderNeeds,
): BuiltSenders {
  const reachOf = createReachReader(config, parts);
  const eventTenants = buildEventTenants(config, parts);
  const clock = systemClock;
  const given = [...tenants.values()].map((tenant) => tenant.longestMs);
  const longestMs = Math.max(ingestTimeoutMs, ...given) + besidesMs;
  async function tell(events: readonly Delivery[]): Promise<void> {
    const wanted = events.filter(({ tenant }) => eventTenants.has(tenant));
    if (wanted.length > 0) await store.enqueue(wanted, clock.now());
  }
  const senders = {
    webhook: createWebhookSender({
      targetOf: (tenant, name) => tenants.get(tenant)?.webhooks.get(name) ?? null,
      ...{ clock, longestMs },
    }),
    message: createMessageSender({
      tenantOf: (tenant) => tenants.get(tenant)?.messages ?? null,
      nextAllowed: (tenant, zone, at) => tenants.get(tenant)?.hoursIn(zone).nextAllowed(at) ?? at,
      ...{ reachOf, tell, clock, longestMs },
    }),
    event: createEventSender({
      tenantOf: (tenant) => eventTenants.get(tenant) ?? null,
      ...{ reachOf, digest: nodeDigest, longestMs },
    }),
    digest: createDigestSender({
      targetOf: (tenant, queue) => tenants.get(tenant)?.digests.get(queue) ?? null,
      tasksOf: createQueueReader(parts),
      ...{ clock, longestMs },
    }),
  };
  return { senders, tell };
}

/** Reads how customers can be reached from the profiles that the scorer keeps, sealed under their tenant's key. */
function createReachReader({ TIDEWATCH_KEY_PREFIX: keyPrefix }: AlertsConfig, { redis, installation }: DeliveryParts) {
  const profiles = createRedisStateStore({ redis, keyPrefix, namespace: 'profile' });
  const sealers = new Map(
    installation.tenants.map(({ id, envelopeKey }) => [id, createAesSealer(envelopeKey.id, envelopeKey.key)] as const),
  );
  return async function reachOf(tenant: string, surrogate: Surrogate): Promise<CustomerReach> {
    const [stored] = await profiles.load([{ tenant, surrogate }]);
    if (stored === null) return unknownReach;
    const sealer = sealers.get(tenant);
    return customerReach(decodeProfile(stored.bytes), ({ name, origin, value }) => {
      if (value.kind === 'clear') return value.value === null ? null : String(value.value);
      if (value.kind !== 'sealed' || sealer === undefined || origin.keyId !== sealer.keyId) return undefined;
      const text = sealer.open(value.bytes, `${tenant}|${surrogate}|${name}`).toString('utf8');
      return text === 'null' ? null : text;
    });
  };
}

/** Tenants whose write key was given: each key is known by its digest in the installation. */
function buildEventTenants(config: AlertsConfig, { installation, logger }: DeliveryParts): Map<string, EventTenant> {
  const { TIDEWATCH_INGEST_URL: url, TIDEWATCH_DELIVERY_WRITE_KEY: keys } = config;
  if ((url === null) !== (keys === null))
    throw invalid('TIDEWATCH_INGEST_URL and TIDEWATCH_DELIVERY_WRITE_KEY go together');
  const found = new Map<string, EventTenant>();
  if (url === null || keys === null) {
    const missing = 'TIDEWATCH_INGEST_URL and TIDEWATCH_DELIVERY_WRITE_KEY are not set';
    logger.info(`${missing}: what becomes of messages is not told to ingest`);
    return found;
  }
  for (const { writeKey, tenant } of tenantsOfWriteKeys(installation.tenants, keys)) {
    if (tenant === undefined) {
      throw invalid('TIDEWATCH_DELIVERY_WRITE_KEY holds a key that no tenant of the installation knows');
    }
    const { id, pseudonymKey } = tenant;
    const intake = createIngestIntake({ url: url.replace(/\/+$/, ''), writeKey, timeoutMs: ingestTimeoutMs });
    found.set(id, { pseudonymKey, intake });
  }
  return found;
}

function invalid(message: string): EngineError {
  return new EngineError('ERR_CONFIG_INVALID', message, { retryable: false });
}

/** Tasks of a queue that are not done, read as the interface reads them. */
function createQueueReader({ store, index }: DeliveryParts) {
  const reader = createTaskReader(store, index);
  return async function tasksOf(tenant: string, queue: string): Promise<readonly RetentionTask[]> {
    const found: RetentionTask[] = [];
    const wanted = { owner: null, queue, arm: 'treated', sort: 'priority', limit: 200 } as const;
    for (const status of ['open', 'claimed', 'responded'] as const) {
      for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
        const page = await reader.list(tenant, { ...wanted, status, after });
        found.push(...page.tasks);
        after = found.length >= mostDigestTasks ? null : page.next;
      }
    }
    return found;
  };
}
