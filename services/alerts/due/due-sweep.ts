/*
 * What happens although nothing comes. The due index says with whom something is due; their states are loaded, taken over
 * the time that it is now, and go through the same stages as a chunk of the log. Only when all of that is done does the
 * entry of the index move on:
 *
 *   read       entries that are due, at most a slice
 *   load … confirm   as in ../pipeline.ts; every state is written, also one that nothing happened to
 *   settle     each entry to the next time of the state as it was written, or out
 *
 * Killed anywhere before settle: the entry still stands and is read again. What was due then has happened to the state and
 * does not happen twice; an outbox that was left is published. An entry that is too early (the deadline was moved, the task
 * was resolved) finds nothing due and is moved to its place.
 *
 * Nothing is lost beside another process that works on the same customer. It marks before it writes, and a mark is seen by
 * settle, which then leaves the entry as it stands. Had it marked before we read the entry, then it writes onto the version
 * that we have loaded or an older one, and one of us loses and begins again: this is why unchanged states are written.
 */
import type { Clock } from '../../core/ports/clock.ts';
import type { DueMark } from '../../core/ports/due-index.ts';
import type { TaskReducer } from '../../core/tasks/task-reducer.ts';
import type { DurationMs, EpochMs } from '../../core/units.ts';
import { addInput, type TaskWork } from '../alerts-context.ts';
import { createTaskStages, type TaskStage, type TaskStagesDeps } from '../task-stages.ts';

export interface DueSweepDeps extends TaskStagesDeps {
  readonly clock: Clock;
  readonly reducer: () => TaskReducer;
  /** Whether the partition is still ours. */
  readonly owns: (partition: number) => boolean;
  /** Customers taken at once. */
  readonly sliceSize?: number;
}

export interface DueContext extends TaskWork {
  readonly now: EpochMs;
  due: readonly DueMark[];
  lateness: readonly DurationMs[];
}

export interface DueSweep {
  readonly stages: readonly TaskStage<DueContext>[];
  begin(partition: number): DueContext;
  /** Takes one slice of what is due now; whether more may be. */
  run(partition: number): Promise<boolean>;
}

const defaultSliceSize = 200;

export function createDueSweep(deps: DueSweepDeps): DueSweep {
  const { dueIndex, clock, telemetry, sliceSize = defaultSliceSize } = deps;

  async function read(context: DueContext): Promise<void> {
    context.due = await dueIndex.due(context.partition, context.now, sliceSize);
    for (const { key } of context.due) addInput(context.customers, key, { kind: 'time', at: context.now });
  }

  async function settle({ partition, customers, due, reducer, lateness }: DueContext): Promise<void> {
    const works = [...customers.values()];
    await dueIndex.settle(
      partition,
      due.map((mark, i) => ({ ...mark, next: reducer.nextDueAt(works[i].stored) })),
    );
    telemetry.timersFired(lateness);
  }

  const stages: readonly TaskStage<DueContext>[] = [
    { name: 'read', run: read },
    ...createTaskStages(deps).map((stage) => (stage.name === 'load' ? measured(stage) : stage)),
    { name: 'settle', run: settle },
  ];

  function begin(partition: number): DueContext {
    return {
      partition,
      now: clock.now(),
      lease: { isCurrent: () => deps.owns(partition) },
      reducer: deps.reducer(),
      connectionEpoch: deps.store.connectionEpoch(),
      customers: new Map(),
      writesUnchanged: true,
      due: [],
      lateness: [],
    };
  }

  return {
    stages,
    begin,
    async run(partition) {
      const context = begin(partition);
      for (const stage of stages) {
        await stage.run(context);
        if (context.due.length === 0) return false;
      }
      return context.due.length === sliceSize;
    },
  };
}

/** How late each customer is, by the state itself: entries of the index may be too early. */
function measured(load: TaskStage): TaskStage<DueContext> {
  return {
    name: load.name,
    async run(context) {
      await load.run(context);
      const { now, reducer } = context;
      const times = [...context.customers.values()].map(({ stored }) => reducer.nextDueAt(stored));
      context.lateness = times.filter((time) => time !== null && time <= now).map((time) => now - (time ?? now));
    },
  };
}
