import type { AlertsContext } from '../../services/alerts/alerts-context.ts';
import { type AlertsDeps, createAlertsPipeline } from '../../services/alerts/pipeline.ts';
import type { DeadLetterRecord } from '../../services/core/events/dead-letter.ts';
import type { OutgoingRecord, PartitionLease, RawRecord } from '../../services/core/ports/log.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import { decodeTaskState } from '../../services/core/tasks/decode-task-state.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import { emptyTaskState, type TaskState } from '../../services/core/tasks/task-state.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { createBodyCodec } from '../../services/platform/memory/memory-codec.ts';
import { createMemoryStateStore } from '../../services/platform/memory/memory-state-store.ts';
import { createMemoryTaskIndex } from '../../services/platform/memory/memory-task-index.ts';
import { createVirtualClock } from '../../services/platform/memory/virtual-clock.ts';

export interface DeliverOptions {
  /** The process dies after this stage: nothing later of this delivery happens. */
  readonly crashAfter?: string;
  readonly lease?: PartitionLease;
}

export const partition = 3;
const registryHeaderBytes = 5;
const codecs = {
  scores: createBodyCodec<Score>('score'),
  tasks: createBodyCodec<RetentionTask>('retention-task'),
  deadLetters: createBodyCodec<DeadLetterRecord>('dead-letter'),
};

export function aLease(isCurrent: () => boolean = () => true): PartitionLease {
  return { isCurrent, heartbeat: () => Promise.resolve(), commit: () => Promise.resolve(), seek: () => undefined };
}

export function scoreRecord(score: Score, offset: number): RawRecord {
  return { offset, key: score.surrogate, value: codecs.scores.encode(score), timestamp: score.receivedAt };
}

/** Snapshots among published records. */
export function readTasks(published: readonly OutgoingRecord[]): RetentionTask[] {
  const values = published.filter(({ topic }) => topic === 'tasks').map(({ value }) => value as Buffer);
  return values.map((value) => codecs.tasks.decodeBody(value.subarray(registryHeaderBytes)));
}

/**
 * The alerts pipeline over in-process ports, driven chunk by chunk. Several benches over one `shared` store, index and
 * topic stand for several processes.
 */
export function createAlertsBench(overrides: Partial<AlertsDeps> = {}) {
  const store = createMemoryStateStore();
  const index = createMemoryTaskIndex();
  const published: OutgoingRecord[] = [];
  const taken: { result: string; decisions: readonly string[] }[] = [];
  const unreadable: string[] = [];
  const deps: AlertsDeps = {
    store,
    index,
    sink: {
      publish: (records) => {
        published.push(...records);
        return Promise.resolve();
      },
      stop: () => Promise.resolve(),
    },
    digest: nodeDigest,
    clock: createVirtualClock(1_000),
    telemetry: {
      scoresTaken: (scores) => taken.push(...scores.map(({ applied }) => applied)),
      scoresUnreadable: (records) => unreadable.push(...records.map(({ fault }) => fault.code)),
    },
    codecs,
    topics: { tasks: 'tasks', deadLetters: 'dead' },
    sealOriginal: (bytes) => ({ keyId: 'test', sealed: bytes }),
    ...overrides,
  };
  const pipeline = createAlertsPipeline(deps);

  async function deliverRecords(records: readonly RawRecord[], options: DeliverOptions = {}): Promise<AlertsContext> {
    const chunk = { topic: 'scores', partition, logId: null, records, highWatermark: records.length };
    const context = pipeline.begin(chunk, options.lease ?? aLease());
    for (const stage of pipeline.stages) {
      await stage.run(context);
      if (stage.name === options.crashAfter) break;
    }
    return context;
  }

  return {
    deps,
    store,
    index,
    published,
    taken,
    unreadable,
    stageNames: pipeline.stages.map((stage) => stage.name),
    nextOffset: pipeline.nextOffset,
    deliverRecords,
    deliver: (scores: readonly Score[], options: DeliverOptions = {}) =>
      deliverRecords(
        scores.map((score, i) => scoreRecord(score, i)),
        options,
      ),
    /** Snapshots on the tasks topic, in its order. */
    tasks: () => readTasks(published),
    deadLetters: async () => {
      const values = published.filter(({ topic }) => topic === 'dead').map(({ value }) => value);
      return codecs.deadLetters.decode(values);
    },
    async stateOf(score: Score): Promise<TaskState> {
      const [stored] = await deps.store.load([{ tenant: score.tenant, surrogate: score.surrogate }]);
      return stored === null ? emptyTaskState() : decodeTaskState(stored.bytes);
    },
  };
}
