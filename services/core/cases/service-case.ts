import type { ServiceClocks } from '../clocks/service-clocks.ts';
import type { EpochMs } from '../units.ts';

/** What a case is about. */
export type CaseNature = 'product' | 'service' | 'after-sales';
/** How urgent it is; a field of its own, not a kind of nature. */
export type CaseWeight = 'routine' | 'complex' | 'urgent';
export type CaseStatus = 'opened' | 'responded' | 'handled' | 'resolved' | 'followed-up' | 'closed';

/** A customer's concern, from any channel, until it is closed. */
export interface ServiceCase {
  readonly caseId: string;
  readonly channel: string;
  readonly nature: CaseNature;
  readonly weight: CaseWeight;
  readonly isComplaint: boolean;
  readonly status: CaseStatus;
  /** Who is in charge; null until somebody takes it. */
  readonly owner: string | null;
  readonly openedAt: EpochMs;
  readonly updatedAt: EpochMs;
  /** Why it came to the case; needed to close it. */
  readonly causeCode: string | null;
  readonly reopenings: number;
  /** When it was opened again for the first time; null where it never was. */
  readonly reopenedAt: EpochMs | null;
  /** When it was solved; null while it is not, also after it was opened again. */
  readonly resolvedAt: EpochMs | null;
  /** Likewise when it was closed. */
  readonly closedAt: EpochMs | null;
  readonly clocks: ServiceClocks;
}
