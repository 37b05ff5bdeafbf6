import { controlRecord } from '../core/events/control-record.ts';
import type { CustomerRecord } from '../core/events/customer-record.ts';
import { closeDay } from '../core/features/close-day.ts';
import { ownBlock } from '../core/features/own-block.ts';
import type { CustomerKey } from '../core/ports/state-store.ts';
import type { EpochDay } from '../core/units.ts';
import { appendRow } from './append-row.ts';
import type { PendingDay } from './partition-control.ts';
import { requireDayServed } from './require-served.ts';
import type { CustomerEntry, ScorerContext } from './scorer-context.ts';
import type { ScorerTenant } from './scorer-tenant.ts';
import type { ServedVersions } from './served-versions.ts';

/**
 * Applies the days that were closed in the log to one customer, each on its own and under the activation of its own
 * place, and keeps a row for each. A sweep does this between chunks, and the customer's next record before itself;
 * whoever comes first finds the same state, so the scores have the same bytes.
 * @param until the last day to apply; days closed later wait for another sweep
 */
export function closeCustomerDays(
  context: ScorerContext,
  entry: CustomerEntry,
  {
    tenant,
    served,
    until,
  }: { readonly tenant: ScorerTenant; readonly served: ServedVersions; readonly until: EpochDay },
): void {
  const { state } = entry;
  for (const pending of context.control.pendingDays) {
    if (pending.tenant !== tenant.id || pending.day > until || pending.day <= state.closedDay) continue;
    requireDayServed(pending, served, context.chunk.partition);
    if (!closeDay(state, pending.day) || !hasRisk(entry)) continue;
    appendRow(context, {
      entry,
      record: dayRecord(pending, entry.key),
      tenant,
      activation: pending.activation,
      cause: 'day',
      epoch: pending.epoch,
      sequence: pending.offset,
      counted: null,
    });
  }
}

/** Of somebody who did nothing that a feature reads, or who may not be profiled, silence says nothing. */
function hasRisk({ state }: CustomerEntry): boolean {
  return !state.withheld && ownBlock(state).features.firstDay !== null;
}

function dayRecord({ controlId, at, day }: PendingDay, { tenant, surrogate }: CustomerKey): CustomerRecord {
  const dayClosed = { day, timezone: '' };
  return { ...controlRecord({ kind: 'day-closed', controlId, at, tenant, dayClosed }), surrogate };
}
