import type { CustomerRecord } from '../../../../services/core/events/customer-record.ts';
import type { DeadLetterRecord } from '../../../../services/core/events/dead-letter.ts';
import { emptyState } from '../../../../services/core/features/empty-state.ts';
import { ownBlock } from '../../../../services/core/features/own-block.ts';
import { applyAll } from '../../../support/fold-history.ts';
import type { ClientLog } from './client-log.ts';

/** What clients were told against what stands on the topics; every list is empty when all is well. */
export interface Differences {
  readonly surprises: readonly string[];
  /** The books of the answers do not balance. */
  readonly unbalanced: readonly string[];
  readonly missing: readonly string[];
  readonly surplus: readonly string[];
  readonly unexplained: readonly string[];
  /** Customers of whom the fold counts or sums other orders than were accepted. */
  readonly miscounted: readonly string[];
}

/** @param records and letters of this tenant alone, in the order of the log */
export function findDifferences(
  log: ClientLog,
  records: readonly CustomerRecord[],
  letters: readonly DeadLetterRecord[],
): Differences {
  const onTopic = new Set(records.map(({ eventId }) => eventId));
  const kept = new Set(letters.map(({ eventId, code }) => `${eventId}|${code}`));
  const counted = Object.values(log.counts).reduce((sum, count) => sum + count, 0);
  return {
    surprises: log.surprises,
    unbalanced: counted === log.answered ? [] : [`${log.answered} events were answered with ${counted} results`],
    missing: [...log.taken.keys()].filter((id) => !onTopic.has(id)),
    surplus: [...onTopic].filter((id) => !log.taken.has(id)),
    unexplained: [...log.refused].filter((reason) => !kept.has(reason)),
    miscounted: foldDifferences(log, records),
  };
}

/** Folds the topic as the scorer does, customer by customer, and compares orders and sums with the client's own. */
function foldDifferences(log: ClientLog, records: readonly CustomerRecord[]): string[] {
  const folded = [...Map.groupBy(records, ({ surrogate }) => surrogate).values()].map((ofCustomer) => {
    const state = emptyState();
    applyAll(state, ofCustomer);
    const { lifetimePurchases, lifetimeSpendMinor } = ownBlock(state).features;
    return `${lifetimePurchases} orders of ${lifetimeSpendMinor}`;
  });
  const told = [...Map.groupBy(log.taken.values(), ({ user }) => user).values()].map((orders) => {
    const sum = orders.reduce((total, { amountMinor }) => total + (amountMinor ?? 0), 0);
    return `${orders.length} orders of ${sum}`;
  });
  // Which surrogate is whose only ingest knows: the customers are compared as two sorted lists.
  const expected = told.sort();
  return folded.sort().flatMap((each, at) => (each === expected[at] ? [] : [`${each}, expected ${expected[at]}`]));
}
