import type { BilingualText } from '../reasons/bilingual-text.ts';

/** A member level as the rules file has it. */
export interface LevelEntry {
  readonly name: string;
  readonly label: BilingualText;
  /** Major units of the reporting currency within the window. */
  readonly from_spend: number;
}

/** Something that members of a level get in a stage. */
export interface BenefitEntry {
  readonly label: BilingualText;
  /** Part of the price that it takes off, 0 to 1. */
  readonly discount_share: number;
  /** Whether it changes what the customer pays: then no protected attribute may decide who gets it. */
  readonly changes_price: boolean;
  /** Customers who get it, by attribute; who has another value does not. */
  readonly only_for: Readonly<Record<string, readonly string[]>>;
}

/** The rules file of points, levels and benefits (docs/reference/loyalty.md). */
export interface LoyaltyDocument {
  readonly format: 1;
  readonly version: string;
  /** `registered`: from the day of `member.registered` on. */
  readonly members: 'everybody' | 'registered';
  readonly points: {
    /** Points for one major unit of the reporting currency. */
    readonly per_unit: number;
    /** Times as many, by the order's attribute `category`. */
    readonly by_category: Readonly<Record<string, number>>;
    /** Null for points that never expire. */
    readonly expire_after_days: number | null;
    /** How many days before their expiry points are told as expiring soon. */
    readonly expiring_soon_days: number;
  };
  readonly window_days: number;
  readonly grace_days: number;
  /** In rising order of spend. */
  readonly levels: readonly LevelEntry[];
  readonly benefits: {
    /** Machine of the segment configuration whose stages the matrix has. */
    readonly machine: string;
    readonly catalogue: Readonly<Record<string, BenefitEntry>>;
    /** Benefits by level and stage. */
    readonly matrix: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  };
}
