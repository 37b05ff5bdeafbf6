import { createBusinessCalendar } from '../../../../services/core/events/business-day.ts';
import { applyRecord } from '../../../../services/core/features/apply-record.ts';
import { emptyState } from '../../../../services/core/features/empty-state.ts';
import { encodeState } from '../../../../services/core/features/encode-state.ts';
import type { StateStore, StateUpdate } from '../../../../services/core/ports/state-store.ts';
import type { RecordCodec } from '../../../../services/core/ports/record-codec.ts';
import type { Score } from '../../../../services/core/scoring/score.ts';
import { nodeDigest } from '../../../../services/platform/crypto/node-digest.ts';
import { aRecord } from '../../../support/builders.ts';
import { benchCustomer } from '../../pipeline/bench-events.ts';
import { fixedScore } from '../../pipeline/fixed-score.ts';

const ordersEach = 8;
const daysBetween = 37;
const dayMs = 86_400_000;
const firstOrder = Date.UTC(2024, 2, 1, 12);
const sliceCustomers = 2_000;
const context = { calendar: createBusinessCalendar('Europe/London'), digest: nodeDigest };
/** An epoch before the topic's own: the records to come are above every mark. */
const epochBefore = 0;

/** Writes the states of `count` customers with eight orders and a last score each, as a scorer would have. */
export async function seedCustomers(store: StateStore, scores: RecordCodec<Score>, count: number): Promise<void> {
  for (let from = 0; from < count; from += sliceCustomers) {
    const updates: StateUpdate[] = [];
    for (let i = from; i < Math.min(count, from + sliceCustomers); i++) updates.push(seededState(scores, i));
    const written = await store.compareAndSet(updates);
    if (!written.every(Boolean)) throw new Error('the store was not empty');
  }
}

function seededState(scores: RecordCodec<Score>, customer: number): StateUpdate {
  const surrogate = benchCustomer(customer);
  const state = emptyState();
  for (let order = 0; order < ordersEach; order++) {
    const occurredAt = firstOrder + (order * daysBetween + (customer % 29)) * dayMs;
    const amount = 500 + ((customer + order * 7919) % 20_000);
    const eventId = `seed-${customer}-${order}`;
    const record = aRecord({ eventId, surrogate, occurredAt, amountMinor: amount, reportingAmountMinor: amount });
    applyRecord(state, record, { epoch: epochBefore, partition: 0, offset: order }, context);
    const body = scores.encodeBody(fixedScore(record));
    state.lastScore = { level: 'none', churn90: 0.3, receivedAt: occurredAt, body };
  }
  const key = { tenant: 'demo', surrogate };
  return { key, expectedVersion: 0, version: state.version, bytes: encodeState(state) };
}
