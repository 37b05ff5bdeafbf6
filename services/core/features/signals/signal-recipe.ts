import type { CustomerRecord } from '../../events/customer-record.ts';
import type { SignalCounter } from './signal-counters.ts';
import type { SignalDraft } from './signal-draft.ts';

/** How events of one type are read: what each of them counts as, and what its properties add. */
export interface SignalRecipe {
  readonly counts: readonly SignalCounter[];
  readonly read?: (record: CustomerRecord, draft: SignalDraft) => void;
}
