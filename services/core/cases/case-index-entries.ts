import type { CaseIndexEntry } from '../ports/case-index.ts';
import type { Surrogate } from '../units.ts';
import type { CaseBook } from './case-book.ts';
import { caseOrderKey } from './case-order.ts';
import { casePriority } from './case-priority.ts';
import type { CaseRules } from './case-rules.ts';

/** What the index holds of a book. It depends on the book alone, so it can be put again after any crash. */
export function caseIndexEntries(
  { tenant, surrogate }: { readonly tenant: string; readonly surrogate: Surrogate },
  book: CaseBook,
  rules: CaseRules,
): readonly CaseIndexEntry[] {
  return book.cases.map(({ case: state, queue, version }) => {
    const { caseId, status, openedAt } = state;
    const orderKey = caseOrderKey(casePriority(state, book, rules), { openedAt, caseId, surrogate });
    return { tenant, caseId, surrogate, orderKey, status, queue, version };
  });
}
