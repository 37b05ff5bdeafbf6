/*
 * Alerts, top to bottom: scores, segment changes, events and commands come in, retention tasks go out. The four topics have
 * one key and one partition count, and partition p of all of them is worked on by one process, one chunk after the other.
 * The state is the tasks of each customer, with an outbox of decided snapshots, audit records and changed cases inside the same
 * compare-and-set, so that deciding and owing a publication are one write:
 *
 *   decode     bytes to inputs; what is none goes to the dead letters (set-aside)
 *   load       the task states of the chunk's customers
 *   decide     pure: input after input, see core/tasks/apply-input.ts
 *   write      when the customer is due next is marked, then state and outbox are written together by compare-and-set;
 *              losers load and decide again
 *   index      where the API finds the tasks, from the outbox
 *   produce    the outbox with the facts that KPIs count of it, acknowledged by all replicas
 *   clear      the outbox, by a second compare-and-set
 *   confirm    the store is the one the work began with
 *   (commit)   the offset, by the runner
 *
 * Killed before write: nothing happened but a mark, which finds nothing due. Killed between write and clear: the inputs come
 * again, are stale, and the outbox they find is indexed and published again, with the same ids and bytes. Killed after
 * clear: the inputs are stale and there is nothing to publish. Readers of the tasks topic keep the highest version of a task.
 *
 * What happens although nothing comes (deadlines, pauses, ends of claims) goes the same way: see due/due-sweep.ts.
 */
import type { AuditRecord } from '../core/audit/audit-record.ts';
import type { DeadLetterRecord } from '../core/events/dead-letter.ts';
import type { KpiFact } from '../core/kpis/kpi-fact.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { LogChunk, PartitionLease } from '../core/ports/log.ts';
import type { RecordCodec } from '../core/ports/record-codec.ts';
import type { RetentionTask } from '../core/tasks/retention-task.ts';
import type { TaskReducer } from '../core/tasks/task-reducer.ts';
import type { AlertsContext } from './alerts-context.ts';
import { createInputReaders, type InputCodecs, type InputTopics } from './input-readers.ts';
import { createDecodeInputs } from './steps/decode-inputs.ts';
import { type BirthdayDeps, createBirthdayReader } from './steps/open-birthday.ts';
import { createSetAsideRecords } from './steps/set-aside-records.ts';
import { createTaskStages, type TaskStage, type TaskStagesDeps } from './task-stages.ts';

export interface AlertsDeps extends TaskStagesDeps {
  readonly clock: Clock;
  /** The rules in force now. */
  readonly reducer: () => TaskReducer;
  readonly codecs: InputCodecs & {
    readonly tasks: RecordCodec<RetentionTask>;
    readonly audits: RecordCodec<AuditRecord>;
    readonly kpiFacts: RecordCodec<KpiFact>;
    readonly deadLetters: RecordCodec<DeadLetterRecord>;
  };
  readonly topics: InputTopics & TaskStagesDeps['topics'] & { readonly deadLetters: string };
  /** Opens sealed dates of birth. */
  readonly openerFor: BirthdayDeps['openerFor'];
  /** Seals the original bytes of a dead letter. */
  readonly sealOriginal: (bytes: Buffer) => { readonly keyId: string; readonly sealed: Buffer };
}

export interface AlertsPipeline {
  readonly stages: readonly TaskStage<AlertsContext>[];
  begin(chunk: LogChunk, lease: PartitionLease): AlertsContext;
  nextOffset(context: AlertsContext): number;
  abandon(context: AlertsContext): void;
}

export function createAlertsPipeline(deps: AlertsDeps): AlertsPipeline {
  const { codecs, topics } = deps;
  const withBirthday = createBirthdayReader({ ...deps, onFault: (fault) => deps.telemetry.birthdayPassedOver(fault) });
  const readers = createInputReaders(topics, codecs, withBirthday);
  const setAside = { ...deps, readers, codec: codecs.deadLetters, topic: topics.deadLetters };
  return {
    stages: [
      { name: 'decode', run: createDecodeInputs(readers) },
      { name: 'set-aside', run: createSetAsideRecords(setAside) },
      ...createTaskStages(deps),
    ],
    begin: (chunk, lease) => ({
      chunk,
      partition: chunk.partition,
      lease,
      reducer: deps.reducer(),
      connectionEpoch: deps.store.connectionEpoch(),
      customers: new Map(),
      writesUnchanged: false,
      unreadable: [],
    }),
    nextOffset: ({ chunk }) => chunk.records[chunk.records.length - 1].offset + 1,
    abandon: () => undefined,
  };
}
