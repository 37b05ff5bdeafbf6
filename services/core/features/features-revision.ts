/**
 * Revision of the feature set. A feature that needs something folded which earlier releases did not fold declares the
 * next revision as its `since`, and this number becomes that. A state begun under an earlier revision keeps the earlier
 * number: it lacks part of the customer's past, so such a feature is undefined for it until the customer is backfilled
 * (`docs/reference/state-migration.md`).
 *
 * 1: purchases and cancellations. 2: the signals of `signals/signal-counters.ts`.
 */
export const featuresRevision = 2;
