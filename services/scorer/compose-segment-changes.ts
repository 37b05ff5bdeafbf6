import type { Digest } from '../core/ports/digest.ts';
import type { SegmentChanges } from '../core/segments/segment-changes.ts';
import type { Assignment } from '../core/segments/segmenter.ts';
import { customerRef } from './customer-ref.ts';
import type { ScoredRow } from './scorer-context.ts';

/** What is published of an assignment with changes. A redelivery gives the same id and the same bytes. */
export function composeSegmentChanges(row: ScoredRow, assignment: Assignment, digest: Digest): SegmentChanges {
  const { record, activation, entry, tenant } = row;
  return {
    changeId: changeId(digest, row),
    tenant: record.tenant,
    surrogate: record.surrogate,
    customerRef: customerRef(entry.state, entry.key, tenant),
    source: record.source,
    eventId: record.eventId,
    eventType: record.type,
    cause: assignment.isNewActivation ? 'activation' : row.cause,
    asOf: row.asOf,
    at: record.occurredAt,
    stateVersion: row.stateVersion,
    activationId: activation.activationId,
    segments: activation.segments ?? '',
    historical: record.historical,
    changes: assignment.changes,
  };
}

/** As the id of the row's score, and never equal to it. */
function changeId(digest: Digest, { record, activation }: ScoredRow): string {
  const parts = ['segments', record.tenant, record.source, record.eventId, record.surrogate, activation.activationId];
  return digest.sha256Hex(JSON.stringify(parts)).slice(0, 32);
}
