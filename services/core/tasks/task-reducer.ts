import type { EpochMs } from '../units.ts';
import { type AppliedInput, applyInput, nextDueAt, type TaskRules } from './apply-input.ts';
import type { TaskInput } from './task-input.ts';
import type { TaskState } from './task-state.ts';

/** The rules in force as two functions; whoever works on a chunk asks for them once. */
export interface TaskReducer {
  /** See `applyInput`. */
  apply(state: TaskState, input: TaskInput): AppliedInput;
  /** When something happens although nothing comes; null for never. */
  nextDueAt(state: TaskState): EpochMs | null;
}

export function createTaskReducer(rules: TaskRules): TaskReducer {
  return {
    apply: (state, input) => applyInput(state, input, rules),
    nextDueAt: (state) => nextDueAt(state, rules),
  };
}
