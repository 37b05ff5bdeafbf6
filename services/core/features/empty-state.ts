import type { CustomerState, FeatureState, StateBlock } from './customer-state.ts';
import { featuresRevision } from './features-revision.ts';
import type { Surrogate } from '../units.ts';

/** The features of somebody of whom nothing is known. */
export function emptyFeatures(): FeatureState {
  return {
    revision: featuresRevision,
    tiles: [],
    purchaseDays: [],
    lifetimePurchases: 0,
    lifetimeSpendMinor: 0,
    lifetimeCancellations: 0,
    lifetimeCancelledMinor: 0,
    firstDay: null,
    signalTiles: [],
    signalTotals: [],
    contractEnds: [],
  };
}

/** A block before its first record. @param constituent null for the customer's own block */
export function emptyBlock(constituent: Surrogate | null = null): StateBlock {
  return { constituent, marks: [], ring: [], asOf: 0, features: emptyFeatures() };
}

/** The state of a customer of whom no record was applied yet: version 0, one own block. */
export function emptyState(): CustomerState {
  return {
    version: 0,
    withheld: false,
    erased: false,
    closedDay: 0,
    sealedRef: null,
    lastScore: null,
    blocks: [emptyBlock()],
    segments: null,
  };
}
