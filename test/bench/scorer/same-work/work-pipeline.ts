/*
 * The peer's job in the scorer's commit order: load, fold, predict, produce, compare-and-set and watermark, commit by
 * the runner. Only what a state holds, how an event changes it, and the net are the peer's.
 */
import { EngineError } from '../../../../services/core/errors.ts';
import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import { resolveConflict } from '../../../../services/core/features/compare-and-set.ts';
import type { Mark } from '../../../../services/core/features/customer-state.ts';
import type { LogChunk, LogSink, OutgoingRecord, RawRecord } from '../../../../services/core/ports/log.ts';
import type { RecordCodec } from '../../../../services/core/ports/record-codec.ts';
import type { StateStore } from '../../../../services/core/ports/state-store.ts';
import type { Score } from '../../../../services/core/scoring/score.ts';
import type { Pipeline } from '../../../../services/platform/runtime/pipeline-runner.ts';
import type { CustomerCache } from '../../../../services/scorer/customer-cache.ts';
import { fixedScore } from '../../pipeline/fixed-score.ts';
import type { PartitionWatermarks } from './partition-watermarks.ts';
import type { WorkPredict } from './work-network.ts';
import {
  decodeWorkState,
  emptyWorkState,
  encodeWorkState,
  featureCount,
  foldWork,
  type WorkState,
} from './work-state.ts';

export interface WorkDeps {
  readonly store: StateStore;
  readonly sink: LogSink;
  readonly cache: CustomerCache<WorkState>;
  readonly watermarks: PartitionWatermarks;
  readonly predict: WorkPredict;
  readonly codecs: { readonly events: RecordCodec<CustomerRecord>; readonly scores: RecordCodec<Score> };
  readonly output: string;
  /** Called once per chunk, when all but the commit is done. */
  readonly chunkDone: (records: number) => void;
}

interface WorkEntry {
  readonly surrogate: string;
  readonly tenant: string;
  readonly state: WorkState;
  readonly loadedVersion: number;
  readonly baseMark: Mark | null;
}

interface WorkContext {
  readonly chunk: LogChunk;
  readonly connectionEpoch: number;
  watermark: Awaited<ReturnType<PartitionWatermarks['of']>>;
  records: { readonly raw: RawRecord; readonly record: CustomerRecord }[];
  readonly customers: Map<string, WorkEntry>;
  readonly scored: CustomerRecord[];
  vectors: Float32Array;
  readonly outgoing: OutgoingRecord[];
}

const minorPerUnit = 100;

export function createWorkPipeline(deps: WorkDeps): Pipeline<WorkContext> {
  const { store, cache, watermarks } = deps;
  let lastEpoch = store.connectionEpoch();
  return {
    stages: [
      { name: 'control', run: async (context) => void (context.watermark = await watermarkOf(deps, context)) },
      { name: 'decode', run: (context) => decode(deps, context) },
      { name: 'load', run: (context) => load(deps, context) },
      { name: 'fold', run: fold },
      { name: 'predict', run: (context) => predict(deps, context) },
      { name: 'produce', run: (context) => produce(deps, context) },
      { name: 'write', run: (context) => write(deps, context) },
      { name: 'observe', run: ({ chunk }) => deps.chunkDone(chunk.records.length) },
    ],
    begin(chunk) {
      const connectionEpoch = store.connectionEpoch();
      if (connectionEpoch !== lastEpoch) {
        lastEpoch = connectionEpoch;
        cache.clear();
        watermarks.clear();
      }
      const watermark = { version: 0, offset: -1, epoch: 0 };
      const vectors = new Float32Array(0);
      const customers = new Map<string, WorkEntry>();
      return { chunk, connectionEpoch, watermark, records: [], customers, scored: [], vectors, outgoing: [] };
    },
    nextOffset: ({ chunk }) => lastOffset(chunk) + 1,
    abandon({ chunk, customers }) {
      watermarks.drop(chunk.partition);
      for (const surrogate of customers.keys()) cache.drop(chunk.partition, surrogate);
    },
  };
}

function watermarkOf({ watermarks }: WorkDeps, { chunk }: WorkContext): ReturnType<PartitionWatermarks['of']> {
  return watermarks.of(chunk.partition, chunk.records[0].offset);
}

async function decode({ codecs }: WorkDeps, context: WorkContext): Promise<void> {
  const raws = context.chunk.records;
  const decoded = await codecs.events.decode(raws.map(({ value }) => value));
  for (let i = 0; i < raws.length; i++) {
    const record = decoded[i];
    if (record instanceof EngineError) throw record;
    if (record.kind === 'event') context.records.push({ raw: raws[i], record });
    else if (record.epochStarted !== null) context.watermark.epoch = record.epochStarted.epoch;
  }
}

async function load({ store, cache }: WorkDeps, context: WorkContext): Promise<void> {
  const { partition } = context.chunk;
  const missing = new Map<string, string>();
  for (const { record } of context.records) {
    const { surrogate, tenant } = record;
    if (context.customers.has(surrogate) || missing.has(surrogate)) continue;
    const state = cache.get(partition, surrogate);
    if (state === undefined) missing.set(surrogate, tenant);
    else context.customers.set(surrogate, toEntry(surrogate, tenant, state));
  }
  if (missing.size === 0) return;
  const keys = [...missing].map(([surrogate, tenant]) => ({ tenant, surrogate }));
  const stored = await store.load(keys);
  keys.forEach(({ tenant, surrogate }, i) => {
    const found = stored[i];
    const state = found === null ? emptyWorkState() : decodeWorkState(found.bytes, found.version);
    context.customers.set(surrogate, toEntry(surrogate, tenant, state));
  });
}

function toEntry(surrogate: string, tenant: string, state: WorkState): WorkEntry {
  return { surrogate, tenant, state, loadedVersion: state.version, baseMark: state.mark };
}

function fold(context: WorkContext): void {
  const { chunk, customers, records, scored } = context;
  const { epoch } = context.watermark;
  context.vectors = new Float32Array(records.length * featureCount);
  for (const { raw, record } of records) {
    const state = customers.get(record.surrogate)!.state;
    const { mark } = state;
    if (mark !== null && mark.epoch === epoch && raw.offset <= mark.offset) continue;
    foldWork(state, (record.reportingAmountMinor ?? 0) / minorPerUnit, record.occurredAt);
    state.mark = { epoch, partition: chunk.partition, offset: raw.offset };
    context.vectors.set(state.features, scored.length * featureCount);
    scored.push(record);
  }
}

function predict({ predict: run, codecs, output }: WorkDeps, context: WorkContext): void {
  const { scored, vectors, outgoing, chunk } = context;
  const outputs = run(scored.length, vectors);
  scored.forEach((record, i) => {
    const p = outputs[2 * i];
    const value = codecs.scores.encode(fixedScore(record, { p30: p, p60: p, p90: p }));
    outgoing.push({ topic: output, key: record.surrogate, partition: chunk.partition, value });
  });
}

async function produce({ sink, store }: WorkDeps, context: WorkContext): Promise<void> {
  if (store.connectionEpoch() !== context.connectionEpoch) {
    throw new EngineError('ERR_STORE_UNAVAILABLE', 'Redis was reconnected.', { retryable: true });
  }
  if (context.outgoing.length > 0) await sink.publish(context.outgoing);
}

async function write(deps: WorkDeps, context: WorkContext): Promise<void> {
  const { store, cache, watermarks } = deps;
  const { chunk, watermark } = context;
  const touched = [...context.customers.values()].filter(({ state, loadedVersion }) => state.version !== loadedVersion);
  const updates = touched.map(({ surrogate, tenant, state, loadedVersion }) => ({
    key: { tenant, surrogate },
    expectedVersion: loadedVersion,
    version: state.version,
    bytes: encodeWorkState(state),
  }));
  const written = updates.length === 0 ? [] : await store.compareAndSet(updates);
  for (const [i, entry] of touched.entries()) {
    if (written[i]) cache.set(chunk.partition, entry.surrogate, entry.state);
    else await resolve(deps, context, entry);
  }
  await watermarks.move(chunk.partition, watermark, lastOffset(chunk));
}

async function resolve({ store, cache }: WorkDeps, { chunk }: WorkContext, entry: WorkEntry): Promise<void> {
  const { surrogate, tenant, state, baseMark } = entry;
  cache.drop(chunk.partition, surrogate);
  const [stored] = await store.load([{ tenant, surrogate }]);
  const storedMark = stored === null ? null : decodeWorkState(stored.bytes, stored.version).mark;
  const facts = { storedVersion: stored?.version ?? 0, storedMark, baseMark, targetMark: state.mark };
  if (resolveConflict(facts) === 'done') return;
  throw new EngineError('ERR_STATE_CONFLICT', 'Another writer changed a customer.', { retryable: true });
}

function lastOffset({ records }: LogChunk): number {
  return records[records.length - 1].offset;
}
