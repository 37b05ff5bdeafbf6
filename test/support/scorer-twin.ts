import { controlRecord } from '../../services/core/events/control-record.ts';
import type { ActivationContent, CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { DeadLetterRecord } from '../../services/core/events/dead-letter.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { EngineError } from '../../services/core/errors.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import type { CustomerIndex } from '../../services/core/ports/customer-index.ts';
import type { Clock } from '../../services/core/ports/clock.ts';
import type { LogSink, LogSource } from '../../services/core/ports/log.ts';
import type { ModelScorer } from '../../services/core/ports/model-scorer.ts';
import type { StateStore } from '../../services/core/ports/state-store.ts';
import { modelOutputs } from '../../services/core/scoring/model-outputs.ts';
import type { KpiFact } from '../../services/core/kpis/kpi-fact.ts';
import type { SegmentChanges } from '../../services/core/segments/segment-changes.ts';
import type { SegmentPlan } from '../../services/core/segments/segment-plan.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { createMemoryLog, type MemoryLog } from '../../services/platform/memory/memory-log.ts';
import { createBodyCodec } from '../../services/platform/memory/memory-codec.ts';
import { createMemoryCustomerIndex } from '../../services/platform/memory/memory-customer-index.ts';
import { createMemoryStateStore, type MemoryStateStore } from '../../services/platform/memory/memory-state-store.ts';
import { PartitionLanes } from '../../services/platform/runtime/partition-lanes.ts';
import { createPipelineRunner, type PipelineRunner } from '../../services/platform/runtime/pipeline-runner.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';
import { systemClock } from '../../services/platform/runtime/system-clock.ts';
import { CustomerCache } from '../../services/scorer/customer-cache.ts';
import { PartitionControls } from '../../services/scorer/partition-controls.ts';
import { createIdleWatermarkCheck } from '../../services/scorer/idle-watermark-check.ts';
import { createScorerPipeline } from '../../services/scorer/pipeline.ts';
import type { ScorerDeps } from '../../services/scorer/scorer-deps.ts';
import type { ScorerTenant } from '../../services/scorer/scorer-tenant.ts';
import { createDaySweep } from '../../services/scorer/sweep/day-sweep.ts';
import { testCutoffs } from './segment-plans.ts';

/*
 * A scorer on the in-process log and store, with a small model whose answer depends on every feature, so that a wrong
 * state shows in the score.
 */

export const twinTopics = {
  events: 'events',
  scores: 'scores',
  latest: 'latest',
  segments: 'segments',
  facts: 'facts',
  deadLetters: 'dlq',
  late: 'late',
};

/** The shipped configuration, so that every scheme and machine is in what must not depend on crashes. */
const twinSegments = await readSegments(null, featureNames);

export const twinActivation: ActivationContent = {
  activationId: 'a'.repeat(32),
  stableModel: 'test/1',
  stableModelHash: 'model-hash',
  candidateModel: null,
  candidateModelHash: null,
  candidateShare: 0,
  backend: 'test',
  levelCutoffs: [
    { level: 'watch', enter: 0.3, exit: 0.25 },
    { level: 'high', enter: 0.5, exit: 0.45 },
    { level: 'critical', enter: 0.7, exit: 0.65 },
  ],
  tierCutoffs: testCutoffs,
  segments: twinSegments.version,
};

export const eventCodec = createBodyCodec<CustomerRecord>('customer-event');
export const scoreCodec = createBodyCodec<Score>('score');
export const segmentCodec = createBodyCodec<SegmentChanges>('segment-changes');
export const factCodec = createBodyCodec<KpiFact>('kpi-fact');
export const deadLetterCodec = createBodyCodec<DeadLetterRecord>('dead-letter');

const inputs = featureNames.flatMap((feature) => [
  { name: feature, feature, transform: 'log1p' as const, mean: 0, sd: 1, clip: 20 },
  { name: `${feature}_defined`, feature, transform: 'defined' as const, mean: 0, sd: 1, clip: 20 },
]);

const cosines = Float64Array.from({ length: inputs.length + modelOutputs.length }, (_, i) => Math.cos(i));

/** @param output what head `head` of a row says, given its encoded inputs; for broken models */
export function testModel(output?: (row: Float32Array, head: number) => number): ModelScorer {
  const mixed = (row: Float32Array, head: number): number => {
    let sum = 0;
    for (let i = 0; i < row.length; i++) sum += row[i] * cosines[i + head];
    return Math.sin(sum);
  };
  const answer = output ?? mixed;
  return {
    manifest: {
      format: 2,
      closedForm: {
        horizonDays: 90,
        parameters: {
          model: 'bg-nbd',
          purchases: { r: 0.64, alpha: 62, a: 0.17, b: 2.7 },
          spend: { p: 2.5, q: 3.5, gamma: 390 },
        },
      },
      name: 'test',
      version: '1',
      createdAt: '2026-01-01',
      horizonsDays: [30, 60, 90],
      inputs,
      outputs: modelOutputs,
      calibration: { method: 'identity', a: 1, b: 0, spendPower: 1, spendFactor: 1, countFactor: 1, sigmaCap: 1.5 },
      levelCutoffs: twinActivation.levelCutoffs,
      currency: 'GBP',
      trainedOn: {},
      metrics: {},
      hashes: { inputs: '', model: '', weights: '', golden: '', calibration: '' },
    },
    backend: 'test',
    predict(rows, matrix) {
      const heads = new Float32Array(rows * modelOutputs.length);
      for (let i = 0; i < rows; i++) {
        const row = matrix.subarray(i * inputs.length, (i + 1) * inputs.length);
        for (let head = 0; head < modelOutputs.length; head++)
          heads[i * modelOutputs.length + head] = answer(row, head);
      }
      return heads;
    },
    dispose: () => undefined,
  };
}

/** Reasons that depend on every input and feature, so that a wrong state or row shows in them. */
const testReasons: ScorerDeps['tellReasons'] = ({ raw, at, vector, currency }) => {
  let contribution = 0;
  for (let i = 0; i < vector.length; i++) contribution += vector[i] * cosines[i];
  for (let i = 0; i < featureNames.length; i++) contribution += Number.isNaN(raw[at + i]) ? i : raw[at + i];
  return [{ code: 'silence', contribution, en: `Silence, ${currency}.`, zhCN: `购买沉默，${currency}。` }];
};

export interface ScorerTwin {
  readonly runner: PipelineRunner;
  readonly regressions: number[];
  checkIdle(): Promise<void>;
  /** Drops what the twin holds in memory, as it does when it learns that the store lost something. */
  forget(): void;
  /** One page of the sweep of a partition, in its lane; whether another is due. */
  sweepPage(partition: number): Promise<boolean>;
  /** Sweeps every owned partition to the end. */
  sweep(): Promise<void>;
}

export interface TwinWorld {
  readonly log: MemoryLog;
  readonly store: MemoryStateStore;
  readonly index: CustomerIndex;
}

const mostPauses = 2_000;

/** Pauses between attempts take no time, but a scorer that pauses for ever is a failure. */
export function hastyClock(): Clock {
  let now = 0;
  let pauses = 0;
  return {
    now: () => now,
    sleep(durationMs) {
      now += durationMs;
      if (++pauses > mostPauses) throw new Error(`the scorer paused ${mostPauses} times and got no further`);
      return Promise.resolve();
    },
  };
}

/** Topics, a store, and on each partition an epoch and an activation. */
export async function twinWorld(partitions: number, clock: Clock = systemClock): Promise<TwinWorld> {
  const log = createMemoryLog({ partitions, topics: Object.values(twinTopics), clock });
  const world = { log, store: createMemoryStateStore(), index: createMemoryCustomerIndex() };
  const epochStarted = { epoch: 1, partitions, reason: 'topic created' };
  for (let partition = 0; partition < partitions; partition++) {
    const epoch = controlRecord({ kind: 'epoch-started', controlId: 'epoch:1', at: 0, epochStarted });
    const active = controlRecord({ kind: 'activation-changed', controlId: 'a', at: 0, activation: twinActivation });
    await publishControl(world, partition, epoch);
    await publishControl(world, partition, active);
  }
  return world;
}

export async function publishControl({ log }: TwinWorld, partition: number, record: CustomerRecord): Promise<void> {
  await log.sink().publish([{ topic: twinTopics.events, key: null, partition, value: eventCodec.encode(record) }]);
}

export async function publishEvents({ log }: TwinWorld, records: readonly CustomerRecord[]): Promise<void> {
  const outgoing = records.map((record) => ({
    topic: twinTopics.events,
    key: record.surrogate,
    value: eventCodec.encode(record),
  }));
  await log.sink().publish(outgoing);
}

export interface TwinOptions {
  /** `scorer` when absent; another group gets every record too, like a process that lost its partitions unnoticed. */
  readonly groupId?: string;
  readonly model?: ModelScorer;
  /** That of the twin's activation when absent. */
  readonly modelHash?: string;
  readonly segments?: SegmentPlan;
  readonly store?: StateStore;
  /** One of its own when absent. */
  readonly profiles?: StateStore;
  readonly index?: CustomerIndex;
  readonly sink?: LogSink;
  readonly wrapSource?: (source: LogSource) => LogSource;
  /** One of the twin's own making when absent. */
  readonly source?: LogSource;
  readonly clock?: Clock;
  readonly maxChunkRecords?: number;
  readonly cacheCustomers?: number;
  readonly sweepPageSize?: number;
  readonly tenants?: ReadonlyMap<string, ScorerTenant>;
  readonly onStage?: (stage: string) => void;
}

/** A tenant with days of its own. */
export function twinTenant(id: string, timezone: string): ScorerTenant {
  const calendar = createBusinessCalendar(timezone);
  return { id, calendar, currency: 'GBP', minorPerMajor: 100, sealerFor: () => null };
}

const demoTenants = new Map([['demo', twinTenant('demo', 'UTC')]]);

/** A scorer of the group `scorer`, not started. */
export function scorerTwin(
  world: Pick<TwinWorld, 'log' | 'index'> & { readonly store: StateStore },
  options: TwinOptions = {},
): ScorerTwin {
  const regressions: number[] = [];
  const telemetry = {
    chunkDone: () => undefined,
    stateRegressed: (_partition: number, offset: number) => void regressions.push(offset),
  };
  const deps: ScorerDeps = {
    store: options.store ?? world.store,
    profiles: options.profiles ?? createMemoryStateStore(),
    index: options.index ?? world.index,
    sink: options.sink ?? world.log.sink(),
    model: options.model ?? testModel(),
    tellReasons: testReasons,
    takeTurns: () => Promise.resolve(),
    modelHash: options.modelHash ?? twinActivation.stableModelHash,
    segments: options.segments ?? twinSegments,
    digest: nodeDigest,
    clock: options.clock ?? systemClock,
    tenants: options.tenants ?? demoTenants,
    cache: new CustomerCache(options.cacheCustomers ?? 1000),
    controls: new PartitionControls(telemetry),
    telemetry,
    codecs: {
      events: eventCodec,
      scores: scoreCodec,
      latest: scoreCodec,
      segments: segmentCodec,
      facts: factCodec,
      deadLetters: deadLetterCodec,
    },
    topics: twinTopics,
    sealOriginal: (bytes) => ({ keyId: 'test', sealed: bytes }),
  };
  const { groupId = 'scorer', maxChunkRecords = 7 } = options;
  const read = options.source ?? world.log.source({ topic: twinTopics.events, groupId, maxChunkRecords });
  const source = options.wrapSource?.(read) ?? read;
  const forget = (): void => {
    deps.cache.clear();
    deps.controls.clear();
  };
  source.onAssigned(forget);
  const faults = { reached: (name: string) => options.onStage?.(name) };
  const lanes = new PartitionLanes();
  const pipeline = createScorerPipeline(deps);
  const pageOf = createDaySweep({ ...deps, source, pipeline, pageSize: options.sweepPageSize ?? 2 });
  const sweepPage = (partition: number): Promise<boolean> => lanes.run(partition, () => pageOf(partition));
  return {
    runner: createPipelineRunner({ source, pipeline, faults, lanes }),
    regressions,
    forget,
    sweepPage,
    async sweep() {
      for (const { partition } of source.health()) while (await sweepPage(partition));
    },
    checkIdle: createIdleWatermarkCheck({ ...deps, source, forget }),
  };
}

/** Scores on the topic by id; fails when an id stands there with differing bytes. */
export async function scoresById({ log }: TwinWorld): Promise<Map<string, Score>> {
  const records = log.records(twinTopics.scores);
  const decoded = await scoreCodec.decode(records.map(({ value }) => value));
  const byId = new Map<string, Score>();
  const bytes = new Map<string, string>();
  decoded.forEach((score, i) => {
    if (score instanceof EngineError) throw score;
    const hex = records[i].value?.toString('hex') ?? '';
    const before = bytes.get(score.scoreId);
    if (before !== undefined && before !== hex)
      throw new Error(`score ${score.scoreId} was published with other bytes`);
    bytes.set(score.scoreId, hex);
    byId.set(score.scoreId, score);
  });
  return byId;
}
