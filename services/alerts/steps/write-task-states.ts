import { EngineError } from '../../core/errors.ts';
import type { DueIndex } from '../../core/ports/due-index.ts';
import type { StateStore } from '../../core/ports/state-store.ts';
import type { CustomerWork, TaskWork } from '../alerts-context.ts';
import type { AlertsTelemetry } from '../telemetry.ts';
import { compareAndSetTasks } from './compare-and-set-tasks.ts';
import { decideTasks } from './decide-tasks.ts';
import { loadTaskStates } from './load-task-states.ts';

export interface WriteTaskStatesDeps {
  readonly store: StateStore;
  readonly dueIndex: DueIndex;
  readonly telemetry: AlertsTelemetry;
}

/** Rounds of reload and decide again before the whole piece of work is tried again after a pause. */
const maxRounds = 8;

/**
 * Stores what was decided, with the snapshots in the outbox, by compare-and-set. Whoever loses against another process
 * loads again and decides again: inputs the other one has taken are then stale, and what it left in the outbox is ours
 * to publish too. When a customer will be due is marked before each attempt, so that no crash loses a time.
 */
export function createWriteTaskStates(deps: WriteTaskStatesDeps): (work: TaskWork) => Promise<void> {
  return async function writeTaskStates(context) {
    const { partition, customers, reducer } = context;
    let pending: readonly CustomerWork[] = [...customers.values()];
    for (let round = 0; pending.length > 0; round++) {
      if (round === maxRounds) throw conflict(partition, pending.length);
      const losers = await writeChanged(deps, pending, context);
      deps.telemetry.inputsTaken(pending.filter((work) => !losers.has(work)).flatMap((work) => work.taken));
      pending = [...losers];
      await loadTaskStates(deps.store, pending);
      for (const work of pending) decideTasks(work, reducer);
    }
  };
}

async function writeChanged(
  { store, dueIndex }: WriteTaskStatesDeps,
  works: readonly CustomerWork[],
  { partition, reducer, writesUnchanged }: TaskWork,
): Promise<ReadonlySet<CustomerWork>> {
  const changed = works.filter((work) => writesUnchanged || work.decided !== work.stored);
  const marks = changed.flatMap(({ key, decided }) => {
    const dueAt = reducer.nextDueAt(decided);
    return dueAt === null ? [] : [{ key, dueAt }];
  });
  if (marks.length > 0) await dueIndex.mark(partition, marks);
  return compareAndSetTasks(
    store,
    changed.map((work) => ({ work, state: work.decided })),
  );
}

function conflict(partition: number, customers: number): EngineError {
  const message = `Another process keeps changing the tasks of ${customers} customers of partition ${partition}; it is tried again.`;
  return new EngineError('ERR_STATE_CONFLICT', message, { retryable: true, context: { partition, customers } });
}
