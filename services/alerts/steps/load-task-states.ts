import type { StateStore } from '../../core/ports/state-store.ts';
import { decodeTaskState } from '../../core/tasks/decode-task-state.ts';
import { emptyTaskState } from '../../core/tasks/task-state.ts';
import type { CustomerWork } from '../alerts-context.ts';

/** Reads what the store holds of these customers, in one round trip. */
export async function loadTaskStates(store: StateStore, works: readonly CustomerWork[]): Promise<void> {
  if (works.length === 0) return;
  const found = await store.load(works.map((work) => work.key));
  for (const [i, work] of works.entries()) {
    const stored = found[i];
    work.storedVersion = stored?.version ?? 0;
    work.stored = stored === null ? emptyTaskState() : decodeTaskState(stored.bytes);
  }
}
