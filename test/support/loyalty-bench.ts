import type { LoyaltyDeps } from '../../services/alerts/loyalty/loyalty-deps.ts';
import { createLoyaltyPipeline } from '../../services/alerts/loyalty/loyalty-pipeline.ts';
import { sweepLevels, type LevelMessage, type LevelSender } from '../../services/alerts/loyalty/level-sweep.ts';
import type { AuditRecord } from '../../services/core/audit/audit-record.ts';
import type { RetentionCommand } from '../../services/core/commands/retention-command.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { LoyaltyRules } from '../../services/core/loyalty/loyalty-rules.ts';
import { decodeLoyaltyState } from '../../services/core/loyalty/loyalty-state-format.ts';
import { emptyLoyaltyState, type LoyaltyState } from '../../services/core/loyalty/loyalty-state.ts';
import type { OutgoingRecord, PartitionLease, RawRecord } from '../../services/core/ports/log.ts';
import type { StateStore } from '../../services/core/ports/state-store.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { createBodyCodec } from '../../services/platform/memory/memory-codec.ts';
import { createMemoryDueCustomers } from '../../services/platform/memory/memory-due-customers.ts';
import { createMemoryStateStore } from '../../services/platform/memory/memory-state-store.ts';
import { createVirtualClock } from '../../services/platform/memory/virtual-clock.ts';
import { aRecord } from './builders.ts';
import { someLoyaltyRules } from './loyalty-rules.ts';

export const loyaltyPartition = 3;
const registryHeaderBytes = 5;
const codecs = {
  events: createBodyCodec<CustomerRecord>('customer-event'),
  commands: createBodyCodec<RetentionCommand>('retention-command'),
  audit: createBodyCodec<AuditRecord>('audit-record'),
};
const { tenant, surrogate } = aRecord();

export const eventRecord = (record: CustomerRecord, offset: number): RawRecord => ({
  offset,
  key: record.surrogate,
  value: codecs.events.encode(record),
  timestamp: record.receivedAt,
});
export const commandRecord = (command: RetentionCommand, offset: number): RawRecord => ({
  offset,
  key: command.surrogate,
  value: codecs.commands.encode(command),
  timestamp: command.at,
});

export interface LoyaltyBenchOptions extends Partial<LoyaltyDeps> {
  readonly rules?: LoyaltyRules;
  readonly now?: number;
}

/** The loyalty pipeline and sweep over in-process ports, driven chunk by chunk. */
export function createLoyaltyBench({ rules = someLoyaltyRules(), now = 1_000, ...overrides }: LoyaltyBenchOptions = {}) {
  const store: StateStore = createMemoryStateStore();
  const published: OutgoingRecord[] = [];
  const told: string[] = [];
  const clock = createVirtualClock(now);
  const calendar = createBusinessCalendar('UTC');
  const inForce = { rules };
  const demo = { id: tenant, currency: 'GBP', minorPerMajor: 1, calendar, rules: () => inForce.rules, surrogateOf: () => surrogate };
  const deps: LoyaltyDeps = {
    store,
    due: createMemoryDueCustomers(),
    sink: {
      publish: (records) => {
        published.push(...records);
        return Promise.resolve();
      },
      stop: () => Promise.resolve(),
    },
    digest: nodeDigest,
    clock,
    telemetry: {
      booked: () => undefined,
      unreadable: () => undefined,
      levelTold: (result, direction) => told.push(`${direction} ${result}`),
    },
    tenants: new Map([[tenant, demo]]),
    codecs,
    topics: { events: 'events', commands: 'commands', audit: 'audit' },
    ...overrides,
  };
  const pipeline = createLoyaltyPipeline(deps);
  const lease: PartitionLease = {
    isCurrent: () => true,
    heartbeat: () => Promise.resolve(),
    commit: () => Promise.resolve(),
    seek: () => undefined,
  };

  async function deliver(topic: 'events' | 'commands', records: readonly RawRecord[], crashAfter?: string): Promise<void> {
    if (records.length === 0) return;
    const chunk = { topic, partition: loyaltyPartition, logId: 'log', records, highWatermark: records.length };
    const context = pipeline.begin(chunk, lease);
    for (const stage of pipeline.stages) {
      await stage.run(context);
      if (stage.name === crashAfter) break;
    }
  }

  return {
    deps,
    clock,
    told,
    inForce,
    stageNames: pipeline.stages.map(({ name }) => name),
    deliver,
    deliverEvents: (records: readonly CustomerRecord[]) => deliver('events', records.map(eventRecord)),
    /** Audit ids on the topic, in its order. */
    audits: () =>
      published.map(({ value }) => codecs.audit.decodeBody((value as Buffer).subarray(registryHeaderBytes)).auditId),
    sweep: (sender: LevelSender) => sweepLevels({ ...deps, sender }, loyaltyPartition),
    async state(): Promise<LoyaltyState> {
      const [stored] = await deps.store.load([{ tenant, surrogate }]);
      return stored === null ? emptyLoyaltyState() : decodeLoyaltyState(stored.bytes);
    },
  };
} // prettier-ignore

/** A sender that keeps what it was given; `answer` says what became of it. */
export function recordingSender(
  answer: (message: LevelMessage) => 'sent' | 'refused' | 'unnamed' | null = () => 'sent',
) {
  const messages: LevelMessage[] = [];
  const sender: LevelSender = {
    serves: () => true,
    send(batch) {
      messages.push(...batch);
      return Promise.resolve(batch.map(answer));
    },
  };
  return { sender, messages };
}
