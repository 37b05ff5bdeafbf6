import type { StateStore } from '../../core/ports/state-store.ts';
import { owes } from '../../core/tasks/clear-outbox.ts';
import { decodeTaskState } from '../../core/tasks/decode-task-state.ts';
import { encodeTaskState } from '../../core/tasks/encode-task-state.ts';
import type { TaskState } from '../../core/tasks/task-state.ts';
import type { CustomerWork } from '../alerts-context.ts';

/** Writes each state onto the version its customer was loaded at; returns the customers somebody else has changed. */
export async function compareAndSetTasks(
  store: StateStore,
  writes: readonly { readonly work: CustomerWork; readonly state: TaskState }[],
): Promise<ReadonlySet<CustomerWork>> {
  const losers = new Set<CustomerWork>();
  if (writes.length === 0) return losers;
  const updates = writes.map(({ work, state }) => ({
    key: work.key,
    expectedVersion: work.storedVersion,
    version: work.storedVersion + 1,
    bytes: encodeTaskState(state),
  }));
  const results = await store.compareAndSet(updates);
  for (const [i, { work, state }] of writes.entries()) {
    if (!results[i]) {
      losers.add(work);
      continue;
    }
    work.storedVersion += 1;
    // An outbox is published as it reads back, so that whoever finds it later publishes the same bytes.
    work.stored = !owes(state) ? state : decodeTaskState(updates[i].bytes);
  }
  return losers;
}
