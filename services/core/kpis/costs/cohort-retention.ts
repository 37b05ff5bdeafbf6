import { observedShare } from '../../labels/observed-share.ts';
import type { CellReader } from '../expression.ts';

/** What the handbooks quote for new customers (E1): a band to hold figures against, no promise. */
export const usualCohortBands = {
  6: { least: 0.35, most: 0.45 },
  12: { least: 0.2, most: 0.25 },
} as const;

export type CohortAge = 6 | 12;

/** Of the customers who were new so many months before, how many still buy. */
export interface CohortRetention {
  readonly months: CohortAge;
  readonly customers: number;
  readonly retained: number;
  /** Null without customers. */
  readonly share: number | null;
  /** 95 % interval. */
  readonly low: number | null;
  readonly high: number | null;
  readonly band: { readonly least: number; readonly most: number };
  /** Where the share lies; null without customers. */
  readonly verdict: 'below' | 'within' | 'above' | null;
}

type Bands = Readonly<Record<CohortAge, { readonly least: number; readonly most: number }>>;

/** Cohorts of 6 and 12 months whose window ends with the period. */
export function cohortRetention(cells: CellReader, bands: Bands = usualCohortBands): readonly CohortRetention[] {
  return [
    cohortOf(6, cells.cell('cohort6_customers'), cells.cell('cohort6_retained'), bands[6]),
    cohortOf(12, cells.cell('cohort12_customers'), cells.cell('cohort12_retained'), bands[12]),
  ];
}

function cohortOf(
  months: CohortAge,
  customers: number,
  retained: number,
  band: CohortRetention['band'],
): CohortRetention {
  const observed = observedShare(retained, customers);
  const { share, low, high } = observed ?? { share: null, low: null, high: null };
  return {
    months,
    customers,
    retained,
    share,
    low,
    high,
    band,
    verdict: share === null ? null : verdictOf(share, band),
  };
}

function verdictOf(share: number, { least, most }: CohortRetention['band']): 'below' | 'within' | 'above' {
  if (share < least) return 'below';
  return share > most ? 'above' : 'within';
}
