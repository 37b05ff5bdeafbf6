/*
 * The scorer, top to bottom. The order of the stages is the delivery guarantee; it is explained above
 * `platform/runtime/pipeline-runner.ts`, which runs them and commits the offset after the last.
 */
import type { LogChunk, PartitionLease } from '../core/ports/log.ts';
import { emptyPartitionControl } from './partition-control.ts';
import type { ScorerContext } from './scorer-context.ts';
import type { ScorerDeps } from './scorer-deps.ts';
import { createAwaitEpoch } from './steps/await-epoch.ts';
import { createComposeFacts } from './steps/compose-facts.ts';
import { createDecodeRecords } from './steps/decode-records.ts';
import { createFoldRecords } from './steps/fold-records.ts';
import { createIndexCustomers } from './steps/index-customers.ts';
import { createKeepProfiles } from './steps/keep-profiles.ts';
import { createLoadControl } from './steps/load-control.ts';
import { createLoadStates } from './steps/load-states.ts';
import { createPredictScores } from './steps/predict-scores.ts';
import { createProduceScores } from './steps/produce-scores.ts';
import { createPublishLatest } from './steps/publish-latest.ts';
import { createRequireSameLog } from './steps/require-same-log.ts';
import { createSaveControl } from './steps/save-control.ts';
import { createSetAside } from './steps/set-aside.ts';
import { createWriteStates } from './steps/write-states.ts';

export interface ScorerPipeline {
  readonly stages: readonly { readonly name: string; run(context: ScorerContext): Promise<void> | void }[];
  begin(chunk: LogChunk, lease: PartitionLease): ScorerContext;
  nextOffset(context: ScorerContext): number;
  abandon(context: ScorerContext): void;
}

export function createScorerPipeline(deps: ScorerDeps): ScorerPipeline {
  const { store, sink, cache, controls, codecs, topics, telemetry } = deps;
  let lastEpoch = store.connectionEpoch();
  return {
    stages: [
      { name: 'control', run: createLoadControl(store, controls, cache) },
      { name: 'decode', run: createDecodeRecords(codecs.events, deps.tenants) },
      { name: 'log', run: createRequireSameLog(controls) },
      { name: 'epoch', run: createAwaitEpoch(deps) },
      { name: 'load', run: createLoadStates(store, cache) },
      { name: 'fold', run: createFoldRecords(deps) },
      { name: 'predict', run: createPredictScores(deps) },
      { name: 'facts', run: createComposeFacts(deps) },
      { name: 'set-aside', run: createSetAside(deps) },
      { name: 'index', run: createIndexCustomers(deps.index, controls) },
      { name: 'produce', run: createProduceScores(sink, store) },
      { name: 'write', run: createWriteStates(deps) },
      { name: 'profiles', run: createKeepProfiles(deps.profiles) },
      { name: 'latest', run: createPublishLatest(sink, codecs.latest, topics.latest) },
      { name: 'watermark', run: createSaveControl(store) },
      { name: 'observe', run: (context) => telemetry.chunkDone(context) },
    ],
    begin(chunk, lease) {
      const connectionEpoch = store.connectionEpoch();
      if (connectionEpoch !== lastEpoch) {
        lastEpoch = connectionEpoch;
        cache.clear();
        controls.clear();
      }
      return newContext(chunk, lease, connectionEpoch);
    },
    nextOffset: (context) => context.nextOffset,
    abandon(context) {
      controls.drop(context.chunk.partition);
      // All of the partition: what made this attempt fail may be another writer, whose control is about to be loaded, and
      // a cached state older than that control would be folded on as if days had passed it by.
      cache.dropPartition(context.chunk.partition);
    },
  };
}

function newContext(chunk: LogChunk, lease: PartitionLease, connectionEpoch: number): ScorerContext {
  return {
    chunk,
    lease,
    connectionEpoch,
    control: emptyPartitionControl(),
    records: [],
    unreadable: [],
    nextOffset: (chunk.records.at(-1)?.offset ?? -1) + 1,
    customers: new Map(),
    rows: [],
    features: new Float64Array(0),
    outgoing: [],
    scores: [],
    unscored: [],
    verdicts: [],
    facts: new Map(),
    segmentChanges: 0,
    degraded: [],
    late: [],
    counts: new Map(),
    indexed: Promise.resolve(),
    isControlChanged: false,
  };
}
