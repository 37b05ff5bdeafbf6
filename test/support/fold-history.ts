import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import type { CustomerRecord } from '../../services/core/events/customer-record.ts';
import type { ApplyContext } from '../../services/core/features/apply-context.ts';
import { applyRecord } from '../../services/core/features/apply-record.ts';
import type { ApplyResult } from '../../services/core/features/apply-result.ts';
import type { CustomerState } from '../../services/core/features/customer-state.ts';
import { emptyState } from '../../services/core/features/empty-state.ts';
import { encodeState } from '../../services/core/features/encode-state.ts';
import { featureNames, writeFeatures } from '../../services/core/features/feature-catalogue.ts';
import { ownBlock } from '../../services/core/features/own-block.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';

export const testTimezone = 'Europe/London';

export const testContext: ApplyContext = { calendar: createBusinessCalendar(testTimezone), digest: nodeDigest };

/** Applies records as offsets `firstOffset`, `firstOffset + 1` … of partition 0 in epoch 1; the results, in order. */
export function applyAll(state: CustomerState, records: readonly CustomerRecord[], firstOffset = 0): ApplyResult[] {
  return records.map((record, index) =>
    applyRecord(state, record, { epoch: 1, partition: 0, offset: firstOffset + index }, testContext),
  );
}

/** The state after a list of records, from nothing. */
export function foldHistory(records: readonly CustomerRecord[]): CustomerState {
  const state = emptyState();
  applyAll(state, records);
  return state;
}

/** Bytes of what arrival order must not change: the state without marks, ring and version. */
export function orderFreeBytes(state: CustomerState): Buffer {
  return encodeState({ ...state, blocks: state.blocks.map((block) => ({ ...block, marks: [], ring: [] })) });
}

/** The feature vector of the customer's own block at its own asOf, in hundredths per major unit. */
export function vectorOf(state: CustomerState, asOf = ownBlock(state).asOf): Float64Array {
  const vector = new Float64Array(featureNames.length);
  writeFeatures(ownBlock(state).features, asOf, 100, vector);
  return vector;
}
