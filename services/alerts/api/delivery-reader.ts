import type { DeliveryKind, DeliveryLane, StoredDelivery } from '../../core/deliveries/delivery.ts';
import type { AuditRecord } from '../../core/audit/audit-record.ts';
import { EngineError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DeliveryPlace, DeliveryStore } from '../../core/ports/delivery-store.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { DeliveryTelemetry } from '../deliveries/delivery-telemetry.ts';
import type { DeliveryListQuery } from './delivery-query.ts';

export interface DeliveryPage {
  readonly deliveries: readonly StoredDelivery[];
  /** Place to go on after; null at the end of the list. */
  readonly next: DeliveryPlace | null;
}

export interface DeliveryReader {
  /** Those of a tenant, of all its lanes, newest first. */
  list(tenant: string, query: DeliveryListQuery): Promise<DeliveryPage>;
  get(tenant: string, publicId: string): Promise<StoredDelivery>;
  /** Queues a dead one again. ERR_DELIVERY_STATE for any other. */
  replay(tenant: string, publicId: string): Promise<StoredDelivery>;
}

export interface DeliveryReaderDeps {
  readonly store: DeliveryStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly digest: Digest;
  readonly telemetry: DeliveryTelemetry;
  readonly note: (record: AuditRecord) => Promise<void>;
}

/** What the interface calls a delivery: kind, target and id, of which only the last may hold a colon. */
export function publicDeliveryId({ kind, target, id }: StoredDelivery): string {
  return `${kind}:${target}:${id}`;
}

export function createDeliveryReader(deps: DeliveryReaderDeps): DeliveryReader {
  const { store, clock, telemetry } = deps;

  async function get(tenant: string, publicId: string): Promise<StoredDelivery> {
    const [, kind = '', target = '', id = ''] = /^([a-z]+):([^:]+):(.+)$/s.exec(publicId) ?? [];
    const isKind = ['webhook', 'message', 'event', 'digest'].includes(kind);
    const found = isKind ? await store.find({ tenant, kind: kind as DeliveryKind, target }, id) : null;
    if (found !== null) return found;
    const message = 'The delivery is unknown: check its id; what was sent or given up 35 days ago is forgotten.';
    throw new EngineError('ERR_NOT_FOUND', message, { retryable: false });
  }

  return {
    get,
    async list(tenant, { state, limit, after }) {
      const lanes = (await store.lanes()).filter((lane: DeliveryLane) => lane.tenant === tenant);
      const pages = await Promise.all(lanes.map((lane) => store.list(lane, { state, after, limit: limit + 1 })));
      const all = pages.flat().sort((a, b) => placeOf(b).at - placeOf(a).at || (a.id < b.id ? 1 : -1));
      const deliveries = all.slice(0, limit);
      return { deliveries, next: all.length > limit ? placeOf(deliveries[limit - 1]) : null };
    },
    async replay(tenant, publicId) {
      const found = await get(tenant, publicId);
      if (found.state !== 'dead') throw notDead(found);
      const now = clock.now();
      await deps.note(auditOf(deps.digest, found, now));
      if (!(await store.replay(found, found.id, now))) throw notDead(found);
      telemetry.count(found.kind, 'replayed');
      return get(tenant, publicId);
    },
  };
}

function placeOf({ state, settledAt, createdAt, id }: StoredDelivery): DeliveryPlace {
  return { at: state === 'dead' ? (settledAt ?? createdAt) : createdAt, id };
}

function notDead({ state }: StoredDelivery): EngineError {
  const message = `The delivery is ${state}; only dead ones are replayed.`;
  return new EngineError('ERR_DELIVERY_STATE', message, { retryable: false });
}

function auditOf(digest: Digest, delivery: StoredDelivery, at: number): AuditRecord {
  const { tenant, reason, subject, claims } = delivery;
  const publicId = publicDeliveryId(delivery);
  return {
    auditId: digest.sha256Hex(JSON.stringify(['delivery.replay', tenant, publicId, claims])).slice(0, 32),
    tenant,
    at,
    actor: 'api',
    action: 'delivery.replay',
    result: 'done',
    reason,
    surrogate: subject.surrogate,
    subject: publicId,
    playbook: subject.playbook,
    note: null,
  };
}
