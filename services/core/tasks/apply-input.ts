import type { CommandFault } from '../commands/command-fault.ts';
import type { TaskRules, TenantRules } from '../playbooks/tenant-rules.ts';
import type { CustomerKey } from '../ports/state-store.ts';
import type { EpochMs } from '../units.ts';
import { applyCommand } from './apply-command.ts';
import { applyEvent } from './apply-event.ts';
import { applyScore } from './apply-score.ts';
import { applySegments } from './apply-segments.ts';
import { isSeen, markSeen } from './input-marks.ts';
import { openOnLevel } from './level-episode.ts';
import { passTime } from './pass-time.ts';
import { openOnStanding } from './standing-episodes.ts';
import type { TaskDecision } from './task-decision.ts';
import { TaskDraft } from './task-draft.ts';
import type { TaskInput } from './task-input.ts';
import type { TaskState } from './task-state.ts';
import { nextTimer } from './timers.ts';

/**
 * What became of an input:
 * - `applied`: the state moved on
 * - `stale`: it was applied before (a redelivery, a replay, a zombie's late copy); nothing changed
 * - `degraded`: a score that is not trustworthy; nothing changed
 * - `refused`: a command that may not be done now; `fault` says why, and so do the state and the audit log
 */
export interface AppliedInput {
  readonly result: 'applied' | 'stale' | 'degraded' | 'refused';
  readonly state: TaskState;
  readonly fault: CommandFault | null;
  readonly decisions: readonly TaskDecision[];
}

export interface ApplyInputOptions {
  readonly key: CustomerKey;
  readonly rules: TaskRules;
  /** The clock on the wall: no record moves a customer's time past it, however wrong its sender's clock was. */
  readonly now: EpochMs;
}

/**
 * Decides what one input does to a customer's tasks. What was due by the time of the input happens first, so that it does
 * not matter how late whoever watches the time comes. New snapshots and audit records are appended to their outboxes.
 * The same inputs in the same order end in the same state, with the same ids and bytes, however often each comes.
 */
export function applyInput(state: TaskState, input: TaskInput, { key, rules, now }: ApplyInputOptions): AppliedInput {
  const served = rules.of(key.tenant);
  if (input.kind === 'score' && input.score.degraded) return unchanged('degraded', state);
  if (served === null || isOfOthers(input) || isSeen(state, input, served.digest)) return unchanged('stale', state);
  const draft = new TaskDraft(state, key, served);
  const fired = passTime(draft, Math.min(timeOf(input), Math.max(now, draft.at)));
  const isLive = !isHistorical(input);
  if (isLive && draft.state.facts.liveSince === null) draft.learn({ liveSince: draft.at });
  markSeen(draft, input);
  const fault = apply(draft, input);
  if (isLive) {
    openOnLevel(draft);
    openOnStanding(draft);
  }
  // A timer that came to nothing moves the time on, so that it is not due again.
  const isIdle = input.kind === 'time' && fired === 0;
  const result = fault === null ? 'applied' : 'refused';
  return { result, state: isIdle ? state : draft.finish(), fault, decisions: draft.decisions };
}

function unchanged(result: 'stale' | 'degraded', state: TaskState): AppliedInput {
  return { result, state, fault: null, decisions: [] };
}

/** Points are booked by the loyalty ledger. */
function isOfOthers(input: TaskInput): boolean {
  return input.kind === 'command' && input.command.verb === 'points-correct';
}

/** When something happens although nothing comes; null for never. */
export function nextDueAt(state: TaskState, { key, rules }: { key: CustomerKey; rules: TaskRules }): EpochMs | null {
  const served: TenantRules | null = rules.of(key.tenant);
  return served === null ? null : (nextTimer(new TaskDraft(state, key, served))?.at ?? null);
}

function timeOf(input: TaskInput): EpochMs {
  switch (input.kind) {
    case 'score':
      return input.score.historical ? 0 : input.score.receivedAt;
    case 'event':
      return input.event.historical ? 0 : input.event.receivedAt;
    case 'segments':
      return input.segments.historical ? 0 : input.segments.at;
    case 'command':
      return input.command.at;
    case 'time':
      return input.at;
  }
}

function isHistorical(input: TaskInput): boolean {
  if (input.kind === 'score') return input.score.historical;
  if (input.kind === 'event') return input.event.historical;
  return input.kind === 'segments' ? input.segments.historical : input.kind === 'time';
}

function apply(draft: TaskDraft, input: TaskInput): CommandFault | null {
  switch (input.kind) {
    case 'score':
      applyScore(draft, input.score);
      return null;
    case 'event':
      applyEvent(draft, input.event);
      return null;
    case 'segments':
      applySegments(draft, input.segments);
      return null;
    case 'command':
      return applyCommand(draft, input.command);
    case 'time':
      return null;
  }
}
