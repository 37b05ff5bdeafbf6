import { isComplaintClass } from '../../cases/is-complaint-class.ts';
import type { CustomerRecord } from '../../events/customer-record.ts';
import { attributeOf, wordOf } from './attribute-of.ts';
import { caseMark, type CaseStep } from './case-marks.ts';
import type { SignalDraft } from './signal-draft.ts';

/** Reads a step of the case `caseId`; an opening whose `caseClass` says complaint is one. */
export function readCase(record: CustomerRecord, draft: SignalDraft, step: CaseStep): void {
  const isComplaint = step === 'opened' && isComplaintClass(wordOf(record, 'caseClass'));
  const id = attributeOf(record, 'caseId');
  draft.caseMark = caseMark(id === null ? null : String(id), isComplaint ? 'complained' : step);
  if (isComplaint) draft.add('complaints');
}
