import { EngineError } from '../../core/errors.ts';
import type { CustomerRecord } from '../../core/events/customer-record.ts';
import { applyRecord, type ApplyContext } from '../../core/features/apply-record.ts';
import { closeDay } from '../../core/features/close-day.ts';
import type { CustomerState } from '../../core/features/customer-state.ts';
import { featureNames, writeFeatures } from '../../core/features/feature-catalogue.ts';
import { findMark } from '../../core/features/marks.ts';
import { ownBlock } from '../../core/features/own-block.ts';
import { featureReading } from '../../core/features/reads-features.ts';
import { customerRefField } from '../customer-ref.ts';
import { applyControlRecord } from '../partition-control.ts';
import type { ScorerDeps } from '../scorer-deps.ts';
import { count, type DecodedRecord, type ScorerContext } from '../scorer-context.ts';
import type { ScorerTenant } from '../scorer-tenant.ts';
import { isPartitionControl } from '../served-kinds.ts';
import { customerId } from './load-states.ts';

/**
 * Folds the records above each customer's mark, one by one in log order, and keeps the feature vector of each record
 * that is to be scored. Control records take effect at their own offset.
 */
export function createFoldRecords(deps: ScorerDeps): (context: ScorerContext) => void {
  const width = featureNames.length;
  const applyContexts = new Map<ScorerTenant, ApplyContext>();
  for (const tenant of deps.tenants.values()) {
    applyContexts.set(tenant, { calendar: tenant.calendar, digest: deps.digest });
  }

  function foldEvent(context: ScorerContext, { raw, record }: DecodedRecord): void {
    const entry = context.customers.get(customerId(record.tenant, record.surrogate));
    const tenant = deps.tenants.get(record.tenant);
    if (entry === undefined || tenant === undefined || featureReading(record) === null) {
      count(context, 'not-read');
      return;
    }
    const { control, chunk } = context;
    const { activation } = control;
    if (activation === null) throw activationMissing(chunk.partition, raw.offset);
    if (activation.stableModelHash !== deps.modelHash) throw notServed(activation.stableModel, chunk.partition);
    const { state } = entry;
    const at = { epoch: control.epoch, partition: chunk.partition, offset: raw.offset };
    // A redelivered record must find the state as it is: days are closed only before a record that will be applied.
    const closedDay = control.closedDays.get(record.tenant);
    if (closedDay !== undefined && isAbove(state, at)) closeDay(state, closedDay);
    const applied = applyRecord(state, record, at, applyContexts.get(tenant)!);
    count(context, applied.result);
    if (applied.result === 'already-applied') return;
    if (applied.result === 'too-late') context.late.push({ raw, record });
    if (applied.result === 'applied') keepCustomerRef(state, record);
    if (!applied.scored) return;
    const { asOf, features } = ownBlock(state);
    const at64 = context.rows.length * width;
    writeFeatures(features, asOf, tenant.minorPerMajor, context.features.subarray(at64, at64 + width));
    context.rows.push({ entry, record, tenant, activation, asOf, stateVersion: state.version, late: applied.late });
  }

  return function foldRecords(context) {
    context.features = new Float64Array(context.records.length * width);
    for (const decoded of context.records) {
      if (!isPartitionControl(decoded.record)) foldEvent(context, decoded);
      else if (decoded.raw.offset > context.control.watermark) applyControlRecord(context.control, decoded.record);
    }
  };
}

function isAbove(state: CustomerState, at: { epoch: number; partition: number; offset: number }): boolean {
  const mark = findMark(ownBlock(state).marks, at.epoch, at.partition);
  return mark === null || at.offset > mark.offset;
}

function keepCustomerRef(state: CustomerState, record: CustomerRecord): void {
  if (state.sealedRef !== null || record.envelope === null) return;
  const field = record.envelope.fields.find((each) => each.name === customerRefField);
  if (field !== undefined) state.sealedRef = { keyId: record.envelope.keyId, sealed: field.sealed };
}

function activationMissing(partition: number, offset: number): EngineError {
  return new EngineError(
    'ERR_ACTIVATION_MISSING',
    `Partition ${partition} holds an event at offset ${offset} but no activation before it; run \`tidewatch provision\`.`,
    { retryable: false, context: { partition, offset } },
  );
}

function notServed(model: string, partition: number): EngineError {
  return new EngineError(
    'ERR_ACTIVATION_NOT_SERVED',
    `Partition ${partition} activates model "${model}", and this process has another one; start it with that model.`,
    { retryable: false, context: { partition, model } },
  );
}
