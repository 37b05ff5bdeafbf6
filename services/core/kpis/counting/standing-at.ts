import type { CustomerLedger, MonthStanding } from '../customer-ledger.ts';
import type { EpochMonth } from '../period.ts';
import type { Slices } from './cell-changes.ts';

/** The standing that held at the end of the month; null before the first. */
export function standingAt({ standings }: CustomerLedger, month: EpochMonth): MonthStanding | null {
  return standings.findLast((each) => each.month <= month) ?? null;
}

export function isLapsed(stage: string | null): boolean {
  return stage !== null && (stage === 'lapsed' || stage.endsWith('.lapsed'));
}

export function standingSlices(
  standing: { readonly tier: string | null; readonly stage: string | null } | null,
): Slices {
  return standing === null ? {} : { tier: standing.tier, stage: standing.stage };
}
