import { caseIndexEntries } from '../../core/cases/case-index-entries.ts';
import type { CaseRules } from '../../core/cases/case-rules.ts';
import type { CaseIndex } from '../../core/ports/case-index.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { TaskIndex } from '../../core/ports/task-index.ts';
import { taskIndexChanges } from '../../core/tasks/task-index-changes.ts';
import type { CustomerWork, TaskWork } from '../alerts-context.ts';

export interface IndexTasksDeps {
  readonly index: TaskIndex;
  readonly caseIndex: CaseIndex;
  /** Rules of cases of a tenant, in which their order is told. */
  readonly caseRulesOf: (tenant: string) => CaseRules;
  readonly digest: Digest;
}

/**
 * Brings the indexes up to the states: of tasks from the outboxes, before they are cleared; of cases from the books of
 * everybody whom this work concerns, whether they changed or not. So they never lack anything, whatever died before.
 */
export function createIndexTasks(deps: IndexTasksDeps): (work: TaskWork) => Promise<void> {
  const { index, digest } = deps;
  return async function indexTasks({ customers }) {
    const works = [...customers.values()];
    const { put, forgotten } = taskIndexChanges(
      works.flatMap((work) => work.stored.outbox),
      digest,
    );
    if (put.length > 0) await index.put(put);
    for (const { tenant, taskId } of forgotten) await index.remove(tenant, [taskId]);
    await indexCases(deps, works);
  };
}

async function indexCases({ caseIndex, caseRulesOf }: IndexTasksDeps, works: readonly CustomerWork[]): Promise<void> {
  const busy = works.filter(({ stored }) => stored.cases.cases.length > 0 || stored.cases.forgotten.length > 0);
  const entries = busy.flatMap(({ key, stored }) => caseIndexEntries(key, stored.cases, caseRulesOf(key.tenant)));
  if (entries.length > 0) await caseIndex.put(entries);
  for (const { key, stored } of busy) {
    if (stored.cases.forgotten.length > 0) await caseIndex.remove(key, stored.cases.forgotten);
  }
}
