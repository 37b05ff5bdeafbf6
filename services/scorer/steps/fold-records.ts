import { EngineError } from '../../core/errors.ts';
import type { CustomerRecord } from '../../core/events/customer-record.ts';
import type { ApplyContext } from '../../core/features/apply-context.ts';
import { applyRecord } from '../../core/features/apply-record.ts';
import { closeDay } from '../../core/features/close-day.ts';
import type { CustomerState } from '../../core/features/customer-state.ts';
import { featureNames } from '../../core/features/feature-catalogue.ts';
import { recordReading } from '../../core/features/reads-features.ts';
import type { CountedEvent } from '../../core/kpis/compose-event-fact.ts';
import { appendRow } from '../append-row.ts';
import { applyControlRecord, isNewControl } from '../apply-control-record.ts';
import { closeCustomerDays } from '../close-customer-days.ts';
import { countFolded, countUnread } from '../count-event.ts';
import { customerRefField } from '../customer-ref.ts';
import { isAboveMark } from '../is-above-mark.ts';
import { requireServed } from '../require-served.ts';
import type { ScorerDeps } from '../scorer-deps.ts';
import { count, type CustomerEntry, type DecodedRecord, type ScorerContext } from '../scorer-context.ts';
import type { ScorerTenant } from '../scorer-tenant.ts';
import { isPartitionControl } from '../served-kinds.ts';
import type { ServedVersions } from '../served-versions.ts';
import { customerId } from './load-states.ts';

/**
 * Folds the records above each customer's mark, one by one in log order, and keeps the feature vector of each record
 * that is to be scored. Control records take effect at their own offset. An event that needs a model this process does
 * not have ends the chunk before it, so that what comes first is done; standing first, it halts the partition.
 */
export function createFoldRecords(deps: ScorerDeps): (context: ScorerContext) => void {
  const { digest } = deps;
  const served = { modelHash: deps.modelHash, backend: deps.model.backend, segments: deps.segments.version };
  const folds = new Map<string, TenantFold>();
  for (const [id, tenant] of deps.tenants) {
    folds.set(id, { tenant, served, applyContext: { calendar: tenant.calendar, digest } });
  }

  return function foldRecords(context) {
    const { control, chunk } = context;
    context.features = new Float64Array(context.records.length * featureNames.length);
    for (const decoded of context.records) {
      const { raw, record } = decoded;
      if (!isPartitionControl(record)) {
        if (!isFolded(context, decoded, folds.get(record.tenant))) return;
      } else if (isNewControl(control, record, raw.offset))
        applyControlRecord(control, record, { offset: raw.offset, logId: chunk.logId });
    }
  };
}

/** @returns false when the chunk ends before the record, because another model has to go on there */
function isFolded(context: ScorerContext, decoded: DecodedRecord, fold: TenantFold | undefined): boolean {
  try {
    foldEvent(context, decoded, fold);
    return true;
  } catch (error) {
    const { offset } = decoded.raw;
    const isFirst = offset === context.chunk.records[0].offset;
    if (isFirst || !(error instanceof EngineError) || error.code !== 'ERR_ACTIVATION_NOT_SERVED') throw error;
    context.nextOffset = offset;
    context.unreadable = context.unreadable.filter(({ raw }) => raw.offset < offset);
    return false;
  }
}

interface TenantFold {
  readonly tenant: ScorerTenant;
  readonly applyContext: ApplyContext;
  readonly served: ServedVersions;
}

function foldEvent(context: ScorerContext, { raw, record }: DecodedRecord, fold: TenantFold | undefined): void {
  const entry = context.customers.get(customerId(record.tenant, record.surrogate));
  if (entry === undefined || fold === undefined) {
    count(context, 'not-read');
    return;
  }
  const { control, chunk } = context;
  // Its effects are stored. The marks say so too, but not of a record that stands before the epoch the control is in.
  if (raw.offset <= control.watermark) {
    count(context, 'already-applied');
    return;
  }
  const at = { epoch: control.epoch, partition: chunk.partition, offset: raw.offset };
  if (recordReading(record) === null) {
    count(context, 'not-read');
    keepUnscored(context, countUnread(context, entry, { record, at, ...fold.applyContext }));
    return;
  }
  const { activation } = control;
  if (activation === null) throw activationMissing(chunk.partition, raw.offset);
  requireServed(control, fold.served, chunk.partition);
  const { state } = entry;
  // A redelivered record must find the state as it is: days are closed only before a record that will be applied.
  if (isAboveMark(state, at)) closeDays(context, entry, fold);
  const applied = applyRecord(state, record, at, fold.applyContext);
  count(context, applied.result);
  if (applied.result === 'already-applied') return;
  if (applied.result === 'too-late') context.late.push({ raw, record });
  if (applied.result === 'unmatched') context.unreadable.push({ raw, record, ...unmatched });
  if (applied.result !== 'applied') return;
  keepCustomerRef(state, record);
  const counted = countFolded(entry, { record, at, ...fold.applyContext });
  if (applied.scored) {
    const cause = applied.late ? 'late' : 'event';
    const { epoch, offset: sequence } = at;
    appendRow(context, { entry, record, tenant: fold.tenant, activation, cause, epoch, sequence, counted });
  } else keepUnscored(context, counted);
}

function keepUnscored(context: ScorerContext, counted: CountedEvent | null): void {
  if (counted !== null) context.unscored.push({ counted, rowsBefore: context.rows.length });
}

function closeDays(context: ScorerContext, entry: CustomerEntry, { tenant, served }: TenantFold): void {
  const closedDay = context.control.closedDays.get(tenant.id);
  if (closedDay === undefined || closedDay <= entry.state.closedDay) return;
  closeCustomerDays(context, entry, { tenant, served, until: closedDay });
  // For a customer who is new since the sweep of that day.
  closeDay(entry.state, closedDay);
}

const unmatched = {
  code: 'ERR_RETRACTION_UNMATCHED',
  detail: 'The event that this record takes back is not in the features of its customer; nothing was changed.',
} as const;

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
