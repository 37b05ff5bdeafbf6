import { EngineError } from '../../core/errors.ts';
import type { StateStore } from '../../core/ports/state-store.ts';
import type { ApplyScoreRules } from '../../core/tasks/apply-score.ts';
import type { AlertsContext, CustomerWork } from '../alerts-context.ts';
import type { AlertsTelemetry } from '../telemetry.ts';
import { compareAndSetTasks } from './compare-and-set-tasks.ts';
import { decideTasks } from './decide-tasks.ts';
import { loadTaskStates } from './load-task-states.ts';

/** Rounds of reload and decide again before the whole chunk is tried again after a pause. */
const maxRounds = 8;

/**
 * Stores what was decided, with the snapshots in the outbox, by compare-and-set. Whoever loses against another process
 * loads again and decides again: scores the other one has taken are then stale, and what it left in the outbox is ours
 * to publish too.
 */
export function createWriteTaskStates(
  store: StateStore,
  rules: ApplyScoreRules,
  telemetry: AlertsTelemetry,
): (context: AlertsContext) => Promise<void> {
  return async function writeTaskStates({ chunk, customers }) {
    let pending: readonly CustomerWork[] = [...customers.values()];
    for (let round = 0; pending.length > 0; round++) {
      if (round === maxRounds) throw conflict(chunk.partition, pending.length);
      const losers = await writeChanged(store, pending);
      telemetry.scoresTaken(pending.filter((work) => !losers.has(work)).flatMap((work) => work.taken));
      pending = [...losers];
      await loadTaskStates(store, pending);
      for (const work of pending) decideTasks(work, rules);
    }
  };
}

async function writeChanged(store: StateStore, works: readonly CustomerWork[]): Promise<ReadonlySet<CustomerWork>> {
  const changed = works.filter((work) => work.decided !== work.stored);
  return compareAndSetTasks(
    store,
    changed.map((work) => ({ work, state: work.decided })),
  );
}

function conflict(partition: number, customers: number): EngineError {
  const message = `Another process keeps changing the tasks of ${customers} customers of partition ${partition}; it is tried again.`;
  return new EngineError('ERR_STATE_CONFLICT', message, { retryable: true, context: { partition, customers } });
}
