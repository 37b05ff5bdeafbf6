import type { DeadLetterRecord } from '../../services/core/events/dead-letter.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { applyKpiFact } from '../../services/core/kpis/apply-kpi-fact.ts';
import { emptyLedger, type CustomerLedger } from '../../services/core/kpis/customer-ledger.ts';
import { kpiDimensions } from '../../services/core/kpis/kpi-dimension.ts';
import type { KpiFact } from '../../services/core/kpis/kpi-fact.ts';
import { parsePeriod, periodName, type Period } from '../../services/core/kpis/period.ts';
import type { KpiStore } from '../../services/core/ports/kpi-store.ts';
import { createBodyCodec } from '../../services/platform/memory/memory-codec.ts';
import {
  createMemoryKpiStore,
  MemoryKpiServer,
  type KpiSnapshot,
} from '../../services/platform/memory/memory-kpi-store.ts';
import { createMemoryLog } from '../../services/platform/memory/memory-log.ts';
import type { MemoryLogSource } from '../../services/platform/memory/memory-source.ts';
import type { FaultPoints } from '../../services/platform/runtime/fault-points.ts';
import { systemClock } from '../../services/platform/runtime/system-clock.ts';
import { createPipelineRunner } from '../../services/platform/runtime/pipeline-runner.ts';
import { HeldMarks } from '../../services/alerts/kpis/held-marks.ts';
import { createIdleMarkCheck } from '../../services/alerts/kpis/idle-mark-check.ts';
import { createKpiPipeline } from '../../services/alerts/kpis/kpi-pipeline.ts';
import type { KpiTelemetry } from '../../services/alerts/kpis/kpi-telemetry.ts';
import { utcRules } from './kpi-facts.ts';

export const factTopic = 'facts';
const factCodec = createBodyCodec<KpiFact>('kpi-fact');
const letterCodec = createBodyCodec<DeadLetterRecord>('dead-letter');

/** What the aggregator told, in its order. */
export interface KpiTold {
  readonly lost: number[];
  readonly wentBack: number[];
  readonly recounts: string[];
  readonly tally: Record<string, number>;
}

/** Counting asks for no targets. */
function noPlan(): never {
  throw new Error('counting has no use for a plan');
}

/** One process that counts. */
export interface KpiMember {
  readonly source: MemoryLogSource;
  readonly store: ReturnType<typeof createMemoryKpiStore>;
  readonly problems: () => readonly string[];
  readonly told: KpiTold;
  /** It crashed. */
  isOver(): boolean;
  checkIdle(): Promise<void>;
  stop(): Promise<void>;
}

export interface KpiMemberOptions {
  readonly maxChunkRecords?: number;
  /** Digest of the rules it counts by. */
  readonly rules?: string;
  /** Called after each stage; what it throws ends the member there. */
  readonly faults?: FaultPoints;
}

/** The aggregator on the in-process log and store. */
export function openKpiBench(partitions: number) {
  const clock = systemClock;
  const log = createMemoryLog({ topics: ['dead-letters'], partitions: 1 });
  log.createTopic(factTopic, partitions);
  const server = new MemoryKpiServer();
  const members: KpiMember[] = [];

  return {
    log,
    store: createMemoryKpiStore(server),
    members,
    publish: (facts: readonly KpiFact[]) =>
      log
        .sink()
        .publish(facts.map((fact) => ({ topic: factTopic, key: fact.surrogate, value: factCodec.encode(fact) }))),
    snapshot: (): KpiSnapshot => server.held,
    /** As a failover to a replica that lags behind. */
    failOver(held: KpiSnapshot): void {
      server.held = held;
      for (const { store } of members) store.reconnect();
    },
    async start({ maxChunkRecords = 3, rules = 'r1', faults }: KpiMemberOptions = {}): Promise<KpiMember> {
      const store = createMemoryKpiStore(server);
      const source = log.source({ groupId: 'kpis', topic: factTopic, maxChunkRecords, maxRetryPauseMs: 1 });
      const told: KpiTold = { lost: [], wentBack: [], recounts: [], tally: {} };
      const marks = new HeldMarks();
      source.onAssigned(() => marks.clear());
      const telemetry = tellTo(told);
      const tenant = {
        id: 'demo',
        calendar: createBusinessCalendar('UTC'),
        currency: 'EUR',
        rules: utcRules,
        plan: noPlan,
      };
      const bounds = log.bounds(factTopic);
      const pipeline = createKpiPipeline({
        ...{ store, marks, telemetry, clock, bounds, rules, deadLetters: 'dead-letters' },
        sink: log.sink(),
        codecs: { facts: factCodec, deadLetters: letterCodec },
        tenants: { find: (id) => Promise.resolve(id === 'demo' ? tenant : null), known: () => [tenant] },
        sealOriginal: (bytes) => ({ keyId: 'k', sealed: bytes }),
      });
      const runner = createPipelineRunner({ source, pipeline, ...(faults && { faults }) });
      const checkIdle = createIdleMarkCheck({ source, store, bounds, marks, telemetry, rules });
      let isOver = false;
      source.onFatal(() => (isOver = true));
      const ends = { isOver: () => isOver, problems: () => runner.problems(), stop: () => runner.stop() };
      const member = { source, store, told, checkIdle, ...ends };
      members.push(member);
      await runner.start();
      return member;
    },
    facts: async (): Promise<readonly KpiFact[]> => {
      const decoded = await factCodec.decode(log.records(factTopic).map(({ value }) => value));
      return decoded.filter((fact): fact is KpiFact => !(fact instanceof Error));
    },
    deadLetters: async () => letterCodec.decode(log.records('dead-letters').map(({ value }) => value)),
  };
}

function tellTo(told: KpiTold): KpiTelemetry {
  return {
    counted(_partition, tally) {
      for (const [result, count] of Object.entries(tally)) told.tally[result] = (told.tally[result] ?? 0) + count;
    },
    lost: (_partition, facts) => told.lost.push(facts),
    wentBack: (_partition, offset) => told.wentBack.push(offset),
    recounts: (_partition, reason) => told.recounts.push(reason),
  };
}

/** `month 2026-10 channel=web orders` → what it holds; nothing is 0. */
export type FlatCells = Readonly<Record<string, number>>;

/** Every cell that the facts make, each customer counted once from an empty ledger, in the order given. */
export function naiveKpiCells(facts: readonly KpiFact[]): FlatCells {
  const ledgers = new Map<string, CustomerLedger>();
  const cells: Record<string, number> = {};
  for (const fact of facts) {
    const { ledger, changes } = applyKpiFact(ledgers.get(fact.surrogate) ?? emptyLedger(), fact, utcRules);
    ledgers.set(fact.surrogate, ledger);
    for (const { period, slice, cell, by } of changes) {
      const name = nameOf(period, slice === null ? '' : `${slice.dimension}=${slice.value}`, cell);
      cells[name] = (cells[name] ?? 0) + by;
    }
  }
  return Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== 0));
}

/** The same as it stands in a store, of the periods that anything was counted into. */
export async function storedKpiCells(store: KpiStore, { partitions }: KpiSnapshot): Promise<FlatCells> {
  const names = [...partitions.values()].flatMap(({ cells }) => [...cells.keys()].map(periodOfCells));
  const periods = [...new Set(names)].flatMap((name) => parsePeriod(name) ?? []);
  const cells: Record<string, number> = {};
  for (const dimension of kpiDimensions) {
    const contents = await store.read('demo', periods, dimension);
    for (const [i, content] of contents.entries()) {
      for (const [slice, held] of content) {
        // One partition may have what another lacks.
        for (const [cell, value] of held) if (value !== 0) cells[nameOf(periods[i], slice, cell)] = value;
      }
    }
  }
  return cells;
}

/** The memory store names cells by tenant, kind, period and dimension. */
function periodOfCells(name: string): string {
  return (JSON.parse(name) as readonly string[])[2];
}

function nameOf(period: Period, slice: string, cell: string): string {
  return `${period.kind} ${periodName(period)} ${slice} ${cell}`;
}
