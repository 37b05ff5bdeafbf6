import { describe, expect, it } from 'vitest';
import { applyRecord } from '../../../services/core/features/apply-record.ts';
import { emptyState } from '../../../services/core/features/empty-state.ts';
import { encodeState } from '../../../services/core/features/encode-state.ts';
import { aRecord } from '../../support/builders.ts';
import { testContext } from '../../support/fold-history.ts';
import { runs } from '../../support/property-runs.ts';

const dayMs = 86_400_000;
const years = 30;
/** One byte per purchase day of thirty years, a tile of at most eleven bytes per day of the horizon, and the ring. */
const budgetBytes = 18 * 1024;

describe('the state of one customer with very many events', () => {
  it('stays within a fixed number of bytes, however many come', () => {
    const events = runs(20_000);
    const state = emptyState();
    let largest = 0;
    for (let i = 0; i < events; i++) {
      const occurredAt = Date.UTC(1996, 0, 1) + Math.floor((i / events) * years * 365) * dayMs + (i % 20) * 3_600_000;
      const isCancelled = i % 7 === 3;
      const record = aRecord({
        eventId: `event-${i}`,
        type: isCancelled ? 'order.cancelled' : 'order.placed',
        occurredAt,
        receivedAt: occurredAt,
        reportingAmountMinor: isCancelled ? -90_000 : 90_000 + (i % 1_000),
      });
      applyRecord(state, record, { epoch: 1, partition: 0, offset: i }, testContext);
      if (i % 1_000 === 999) largest = Math.max(largest, encodeState(state).length);
    }
    expect(state.version).toBe(events);
    expect(largest).toBeGreaterThan(4_000);
    expect(largest).toBeLessThan(budgetBytes);
  });
});
