import { createBusinessCalendar } from '../../../services/core/events/business-day.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { LogSink, OutgoingRecord } from '../../../services/core/ports/log.ts';
import type { RecordCodec } from '../../../services/core/ports/record-codec.ts';
import type { ClientEvent } from '../../../services/ingest/client-event.ts';
import type { IngestTelemetry } from '../../../services/ingest/ingest-telemetry.ts';
import type { IngestTenant, Sender } from '../../../services/ingest/ingest-tenant.ts';
import type { PlannedEvent } from '../../../services/ingest/planned-event.ts';
import { applyPlan } from '../../../services/ingest/steps/apply-plan.ts';
import { createAesSealer } from '../../../services/platform/crypto/aes-sealer.ts';
import { readPlan } from '../../../services/platform/runtime/read-plan.ts';

/** 2026-05-02T12:00:00Z, when everything in these tests is received. */
export const receivedAt = Date.UTC(2026, 4, 2, 12);

export const sealer = createAesSealer('k1', Buffer.alloc(32, 7));

/** The plan that comes with Tidewatch. */
export const plan = await readPlan(null);

export function aTenant(changes: Partial<IngestTenant> = {}): IngestTenant {
  return {
    id: 'acme',
    calendar: createBusinessCalendar('Europe/London'),
    currency: 'GBP',
    pseudonymKey: Buffer.alloc(32, 1),
    contentKey: Buffer.alloc(32, 2),
    sealer,
    rates: [
      { version: 'r1', date: '2026-01-01', currency: 'EUR', rate: 0.8 },
      { version: 'r2', date: '2026-05-01', currency: 'EUR', rate: 0.9 },
      { version: 'r2', date: '2026-01-01', currency: 'JPY', rate: 0.005 },
    ],
    ...changes,
  };
}

export function aSender(changes: Partial<IngestTenant> = {}): Sender {
  return { tenant: aTenant(changes), source: 'shop', channel: 'web' };
}

/** An order of 12.50 by user u1, with changes. */
export function aClientEvent(changes: Partial<ClientEvent> = {}): ClientEvent {
  return {
    clientEventId: 'e1',
    fault: null,
    type: 'order.placed',
    name: null,
    userId: 'u1',
    anonymousId: undefined,
    time: '2026-05-01T10:00:00Z',
    properties: { revenue: 12.5 },
    traits: {},
    channelHints: [],
    historical: undefined,
    importId: undefined,
    content: { messageId: 'e1' },
    ...changes,
  };
}

/** The same in the words of the default plan. */
export function aPlannedEvent(changes: Partial<ClientEvent> = {}): PlannedEvent {
  const { tenant, source } = aSender();
  return applyPlan(aClientEvent(changes), plan.forSource(tenant.id, source), plan.version);
}

/** Writes values as JSON instead of Avro; sealed bytes as base64. */
export function jsonCodec<T>(): RecordCodec<T> {
  const encode = (value: T): Buffer => Buffer.from(JSON.stringify(value));
  const decodeBody = (body: Buffer): T => JSON.parse(body.toString(), reviveBuffers) as T;
  return {
    encode,
    encodeBody: encode,
    decodeBody,
    frame: (body) => body,
    decode: (values) => Promise.resolve(values.map((value) => decodeBody(value ?? Buffer.from('null')))),
  };
}

function reviveBuffers(_key: string, value: unknown): unknown {
  const isBuffer = typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
  return isBuffer && 'data' in value ? Buffer.from(value.data as number[]) : value;
}

export const readRecord = (record: OutgoingRecord): CustomerRecord =>
  jsonCodec<CustomerRecord>().decodeBody(record.value ?? Buffer.from('null'));

export interface RecordingSink extends LogSink {
  readonly published: OutgoingRecord[];
  /** Thrown by the next publish. */
  failure: Error | null;
  /** What the next publish waits for. */
  gate: Promise<unknown>;
}

export function createRecordingSink(): RecordingSink {
  const sink: RecordingSink = {
    published: [],
    failure: null,
    gate: Promise.resolve(),
    async publish(records) {
      if (records.length === 0) return;
      await sink.gate;
      if (sink.failure !== null) throw sink.failure;
      sink.published.push(...records);
    },
    stop: () => Promise.resolve(),
  };
  return sink;
}

export interface RecordingTelemetry extends IngestTelemetry {
  readonly counts: Record<string, number>;
  readonly faults: unknown[];
}

export function createRecordingTelemetry(): RecordingTelemetry {
  const counts: Record<string, number> = {};
  const faults: unknown[] = [];
  const count = (name: string, by = 1): void => void (counts[name] = (counts[name] ?? 0) + by);
  return {
    counts,
    faults,
    received: (isRetry) => count(isRetry ? 'retry' : 'first'),
    inFlight: () => undefined,
    turnedDown: () => count('turnedDown'),
    rateLimited: () => count('rateLimited'),
    limitUnchecked: (error) => void faults.push(error),
    installationRead: () => count('installationRead'),
    answered(results, dropped) {
      for (const { result } of results) count(result);
      count('dropped', dropped);
    },
    observed: (_sender, _receivedAt, events) => count('observed', events.length),
    qualityUnwritten: (error) => void faults.push(error),
    unmapped: (_tenant, _source, names) => count('unmapped', names.length),
    qualityChecked: () => count('qualityChecked'),
    qualityChanged: () => count('qualityChanged'),
    qualityUnchecked: (error) => void faults.push(error),
    unmappedUnwritten: (error) => void faults.push(error),
    writeFailed: (error) => void faults.push(error),
    stepBroke: (error) => void faults.push(error),
    unbalanced: () => undefined,
    claimsLeft: (left) => count('claimsLeft', left),
  };
}
