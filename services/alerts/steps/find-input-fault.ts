import { isCommandVerb } from '../../core/commands/command-verbs.ts';
import type { RetentionCommand } from '../../core/commands/retention-command.ts';
import { EngineError } from '../../core/errors.ts';
import type { CustomerRecord } from '../../core/events/customer-record.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';
import type { SegmentChanges } from '../../core/segments/segment-changes.ts';
import type { EpochMs } from '../../core/units.ts';

/** Last millisecond that a calendar date can be written for, less what deadlines may lie ahead. */
const latest: EpochMs = (100_000_000 - 1_000) * 86_400_000;

/** Why a well-formed record of the segments topic still says nothing about a customer; null when it does. */
export function findSegmentsFault(changes: SegmentChanges): EngineError | null {
  return toFault('segments', customerField(changes) ?? (isTime(changes.at) ? null : 'at'));
}

/** The same of a customer's event. */
export function findEventFault(event: CustomerRecord): EngineError | null {
  const times = (['occurredAt', 'receivedAt'] as const).find((field) => !isTime(event[field]));
  return toFault('events', customerField(event) ?? times ?? null);
}

/** The same of a command. */
export function findCommandFault(command: RetentionCommand): EngineError | null {
  return toFault('commands', customerField(command) ?? commandField(command));
}

function commandField({ commandId, verb, at, until }: RetentionCommand): string | null {
  if (commandId === '') return 'commandId';
  if (!isCommandVerb(verb)) return 'verb';
  if (!isTime(at)) return 'at';
  return until === null || isTime(until) ? null : 'until';
}

function customerField({ tenant, surrogate }: CustomerKey): string | null {
  if (tenant === '') return 'tenant';
  return /^[0-9a-f]{32}$/.test(surrogate) ? null : 'surrogate';
}

function isTime(time: EpochMs): boolean {
  return Number.isSafeInteger(time) && Math.abs(time) <= latest;
}

function toFault(topic: string, field: string | null): EngineError | null {
  if (field === null) return null;
  const message = `A record of the ${topic} topic has an impossible ${field}; look at whoever wrote it.`;
  return new EngineError('ERR_RECORD_DECODE', message, { retryable: false, context: { field } });
}
