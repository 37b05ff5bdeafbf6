/*
 * Alerts, top to bottom: scores come in, retention tasks go out. Its state is the tasks of each customer, with an outbox
 * of decided snapshots inside the same compare-and-set, so that deciding and owing a publication are one write:
 *
 *   decode     bytes to scores; what is none goes to the dead letters (set-aside)
 *   load       the task states of the chunk's customers
 *   decide     pure: score after score, see core/tasks/advance-trigger.ts
 *   write      state and outbox together, by compare-and-set; losers load and decide again
 *   index      where the API finds the tasks, from the outbox
 *   produce    the outbox, acknowledged by all replicas
 *   clear      the outbox, by a second compare-and-set
 *   confirm    the store is the one the work began with
 *   (commit)   the offset, by the runner
 *
 * Killed before write: nothing happened. Killed between write and clear: the scores come again, are stale, and the
 * outbox they find is indexed and published again, with the same ids and bytes. Killed after clear: the scores are stale
 * and there is nothing to publish. Readers of the tasks topic keep the highest version of a task.
 */
import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import { EngineError } from '../core/errors.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Digest } from '../core/ports/digest.ts';
import type { LogChunk, LogSink, PartitionLease } from '../core/ports/log.ts';
import type { RecordCodec } from '../core/ports/record-codec.ts';
import type { StateStore } from '../core/ports/state-store.ts';
import type { TaskIndex } from '../core/ports/task-index.ts';
import type { Score } from '../core/scoring/score.ts';
import type { ApplyScoreRules } from '../core/tasks/apply-score.ts';
import type { RetentionTask } from '../core/tasks/retention-task.ts';
import { churnRiskTrigger } from '../core/tasks/task-trigger.ts';
import type { AlertsContext } from './alerts-context.ts';
import { createClearOutboxes } from './steps/clear-outboxes.ts';
import { createDecodeScores } from './steps/decode-scores.ts';
import { decideTasks } from './steps/decide-tasks.ts';
import { createIndexTasks } from './steps/index-tasks.ts';
import { loadTaskStates } from './steps/load-task-states.ts';
import { createPublishTasks } from './steps/publish-tasks.ts';
import { createSetAsideScores } from './steps/set-aside-scores.ts';
import { createWriteTaskStates } from './steps/write-task-states.ts';
import type { AlertsTelemetry } from './telemetry.ts';

export interface AlertsDeps {
  readonly store: StateStore;
  readonly index: TaskIndex;
  readonly sink: LogSink;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly telemetry: AlertsTelemetry;
  readonly codecs: {
    readonly scores: RecordCodec<Score>;
    readonly tasks: RecordCodec<RetentionTask>;
    readonly deadLetters: RecordCodec<DeadLetterRecord>;
  };
  readonly topics: { readonly tasks: string; readonly deadLetters: string };
  /** Seals the original bytes of a dead letter. */
  readonly sealOriginal: (bytes: Buffer) => { readonly keyId: string; readonly sealed: Buffer };
}

export interface AlertsPipeline {
  readonly stages: readonly { readonly name: string; run(context: AlertsContext): Promise<void> | void }[];
  begin(chunk: LogChunk, lease: PartitionLease): AlertsContext;
  nextOffset(context: AlertsContext): number;
  abandon(context: AlertsContext): void;
}

export function createAlertsPipeline(deps: AlertsDeps): AlertsPipeline {
  const { store, sink, codecs, topics, telemetry, digest } = deps;
  const rules: ApplyScoreRules = { triggers: [churnRiskTrigger], digest };
  const publishing = { sink, codec: codecs.tasks, topic: topics.tasks };
  const setAside = { ...deps, codec: codecs.deadLetters, topic: topics.deadLetters };
  return {
    stages: [
      { name: 'decode', run: createDecodeScores(codecs.scores) },
      { name: 'set-aside', run: createSetAsideScores(setAside) },
      { name: 'load', run: ({ customers }) => loadTaskStates(store, [...customers.values()]) },
      { name: 'decide', run: ({ customers }) => customers.forEach((work) => decideTasks(work, rules)) },
      { name: 'write', run: createWriteTaskStates(store, rules, telemetry) },
      { name: 'index', run: createIndexTasks(deps.index, digest) },
      { name: 'produce', run: createPublishTasks(publishing) },
      { name: 'clear', run: createClearOutboxes(store, publishing) },
      { name: 'confirm', run: (context) => confirmStore(store, context) },
    ],
    begin: (chunk, lease) => ({
      chunk,
      lease,
      connectionEpoch: store.connectionEpoch(),
      customers: new Map(),
      unreadable: [],
    }),
    nextOffset: ({ chunk }) => chunk.records[chunk.records.length - 1].offset + 1,
    abandon: () => undefined,
  };
}

/** A store that was reconnected may have forgotten what it acknowledged before; the chunk is then done again. */
function confirmStore(store: StateStore, { chunk, connectionEpoch }: AlertsContext): void {
  if (store.connectionEpoch() === connectionEpoch) return;
  const { partition } = chunk;
  const message = `Redis was reconnected while a chunk of partition ${partition} was worked on; it is done again.`;
  throw new EngineError('ERR_STORE_UNAVAILABLE', message, { retryable: true, context: { partition } });
}
