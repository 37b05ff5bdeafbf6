import type { AuditRecord } from '../audit/audit-record.ts';
import type { CommandFault } from '../commands/command-fault.ts';
import type { RetentionCommand } from '../commands/retention-command.ts';
import type { CustomerRecord } from '../events/customer-record.ts';
import { recentHash, recentRingSize } from '../features/recent-ring.ts';
import type { Digest } from '../ports/digest.ts';
import { bookDay, bookEvent, isBookedType, type LoyaltyContext } from './book-event.ts';
import { advanceMark, isMarked } from './loyalty-marks.ts';
import {
  emptyLoyaltyState,
  keptCorrections,
  type LogMark,
  type LoyaltyState,
  type SealedReference,
} from './loyalty-state.ts';
import { tidyLoyaltyState } from './tidy-loyalty-state.ts';

/** What changes points or level of a customer, and where it stood. */
export type LoyaltyInput =
  | { readonly kind: 'event'; readonly record: CustomerRecord; readonly mark: LogMark }
  | { readonly kind: 'command'; readonly command: RetentionCommand; readonly mark: LogMark };

/**
 * - `booked`: the state moved on
 * - `repeated`: it was booked before: a redelivery, a replay or a copy
 * - `refused`: a command that cannot be done; the state and the audit log say why
 */
export type LoyaltyResult = 'booked' | 'repeated' | 'refused';

export interface AppliedLoyalty {
  readonly result: LoyaltyResult;
  readonly state: LoyaltyState;
}

/** Whether a record of the events topic is an input at all. */
export function isLoyaltyRecord({ kind, type, retracted }: CustomerRecord): boolean {
  if (kind === 'event') return isBookedType(type);
  return kind === 'erased' || (kind === 'event-retracted' && isBookedType(retracted?.type ?? ''));
}

/** Books one input once, wherever and however often it comes. */
export function applyLoyaltyInput(state: LoyaltyState, input: LoyaltyInput, context: LoyaltyContext): AppliedLoyalty {
  if (isMarked(state.marks, input.mark)) return { result: 'repeated', state };
  const marked = { ...state, marks: advanceMark(state.marks, input.mark) };
  return input.kind === 'event'
    ? applyRecord(marked, input.record, context)
    : applyCommand(marked, input.command, context);
}

function applyRecord(state: LoyaltyState, record: CustomerRecord, context: LoyaltyContext): AppliedLoyalty {
  if (record.kind === 'erased') {
    const { marks, audits } = state;
    return { result: 'booked', state: { ...emptyLoyaltyState(), marks, audits } };
  }
  const hash = recentHash(context.digest, record.source, record.eventId);
  if (state.recent.includes(hash)) return { result: 'repeated', state };
  const known: LoyaltyState = {
    ...state,
    recent: [...state.recent, hash].slice(-recentRingSize),
    reference: newerReference(state.reference, record),
  };
  const booked =
    record.kind === 'event'
      ? bookEvent(known, record, 1, context)
      : bookEvent(known, record.retracted ?? record, -1, context);
  return { result: 'booked', state: tidyLoyaltyState(booked, context.dayOf(record.receivedAt), context.rules) };
}

function newerReference(
  known: SealedReference | null,
  { envelope, receivedAt }: CustomerRecord,
): SealedReference | null {
  const field = envelope?.fields.find(({ name }) => name === 'customerRef');
  if (envelope === null || field === undefined || (known !== null && known.receivedAt >= receivedAt)) return known;
  return { keyId: envelope.keyId, sealed: field.sealed.toString('base64'), receivedAt };
}

function applyCommand(state: LoyaltyState, command: RetentionCommand, context: LoyaltyContext): AppliedLoyalty {
  const { commandId, digest } = command;
  const before = state.commands.find((each) => each.commandId === commandId);
  if (before !== undefined && before.digest === digest) return { result: 'repeated', state };
  const fault = faultOf(command, before !== undefined);
  // What was done under an id stays known under it.
  const commands =
    before === undefined
      ? [...state.commands, { commandId, digest, subject: null, fault }].slice(-keptCorrections)
      : state.commands;
  const audits = [...state.audits, auditOf(command, fault, context.digest)];
  const noted = { ...state, commands, audits };
  if (fault !== null) return { result: 'refused', state: noted };
  const points = command.points ?? 0;
  return { result: 'booked', state: bookDay(noted, context.dayOf(command.at), { kind: 'correct', points }) };
}

function faultOf({ points, note }: RetentionCommand, isTaken: boolean): CommandFault | null {
  if (isTaken) return 'other-content';
  const isWhole = points !== null && points !== 0 && Number.isSafeInteger(points);
  return isWhole && note !== null && note.trim() !== '' ? null : 'incomplete';
}

function auditOf(command: RetentionCommand, fault: CommandFault | null, digest: Digest): AuditRecord {
  const { tenant, surrogate, at, actor, verb, points, note } = command;
  return {
    auditId: digest.sha256Hex(JSON.stringify([command.commandId, command.digest, verb])).slice(0, 32),
    tenant,
    at,
    actor,
    action: verb,
    result: fault === null ? 'done' : 'refused',
    reason: fault,
    surrogate,
    subject: points === null ? null : `${points} points`,
    playbook: null,
    note,
  };
}
