import type { BookedCase, CaseBook } from '../cases/case-book.ts';
import type { RetentionTask } from './retention-task.ts';
import type { TaskState } from './task-state.ts';

/** What a state owes to the topics, or what of it was published. */
export interface Outboxes extends Pick<TaskState, 'outbox' | 'audits'> {
  readonly cases: Pick<CaseBook, 'owed'>;
}

export const nothingOwed: Outboxes = { outbox: [], audits: [], cases: { owed: [] } };

/** The state without what was published; what came in since stays. */
export function clearOutbox(state: TaskState, published: Outboxes): TaskState {
  const tasks = new Set(published.outbox.map(snapshotKey));
  const audits = new Set(published.audits.map(({ auditId }) => auditId));
  const cases = new Set(published.cases.owed.map(caseKey));
  const owed = state.cases.owed.filter((each) => !cases.has(caseKey(each)));
  return {
    ...state,
    cases: owed.length === state.cases.owed.length ? state.cases : { ...state.cases, owed },
    outbox: state.outbox.filter((task) => !tasks.has(snapshotKey(task))),
    audits: state.audits.filter(({ auditId }) => !audits.has(auditId)),
  };
}

/** Whether anything is owed. */
export function owes({ outbox, audits, cases }: Outboxes): boolean {
  return outbox.length > 0 || audits.length > 0 || cases.owed.length > 0;
}

function snapshotKey(task: RetentionTask): string {
  return `${task.taskId}:${task.version}`;
}

function caseKey({ case: { caseId, openedAt }, version }: BookedCase): string {
  return `${caseId}:${openedAt}:${version}`;
}
