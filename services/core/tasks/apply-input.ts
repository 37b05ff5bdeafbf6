import type { CommandFault } from '../commands/command-fault.ts';
import type { EpochMs } from '../units.ts';
import { applyScore, type ApplyScoreRules } from './apply-score.ts';
import type { TriggerDecision } from './advance-trigger.ts';
import type { TaskInput } from './task-input.ts';
import type { TaskState } from './task-state.ts';

/** What served playbooks and settings make of inputs; see compile-task-rules.ts. */
export type TaskRules = ApplyScoreRules;

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
  readonly decisions: readonly TriggerDecision[];
}

/**
 * Decides what one input does to a customer's tasks. What was due by the time of the input happens first, so that it does
 * not matter how late whoever watches the time comes. New snapshots and audit records are appended to their outboxes.
 */
export function applyInput(state: TaskState, input: TaskInput, rules: TaskRules): AppliedInput {
  if (input.kind !== 'score') return { result: 'stale', state, fault: null, decisions: [] };
  return { ...applyScore(state, input.score, rules), fault: null };
}

/** When something happens although nothing comes; null for never. */
export function nextDueAt(_state: TaskState, _rules: TaskRules): EpochMs | null {
  return null;
}
