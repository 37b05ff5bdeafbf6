import type { TaskRules } from '../playbooks/tenant-rules.ts';
import type { Clock } from '../ports/clock.ts';
import type { CustomerKey } from '../ports/state-store.ts';
import type { EpochMs } from '../units.ts';
import { type AppliedInput, applyInput, nextDueAt } from './apply-input.ts';
import type { TaskInput } from './task-input.ts';
import type { TaskState } from './task-state.ts';

/** The rules in force as two functions; whoever works on a chunk asks for them once. */
export interface TaskReducer {
  /** See `applyInput`. */
  apply(key: CustomerKey, state: TaskState, input: TaskInput): AppliedInput;
  /** When something happens although nothing comes; null for never. */
  nextDueAt(key: CustomerKey, state: TaskState): EpochMs | null;
}

export function createTaskReducer(rules: TaskRules, clock: Clock): TaskReducer {
  return {
    apply: (key, state, input) => applyInput(state, input, { key, rules, now: clock.now() }),
    nextDueAt: (key, state) => nextDueAt(state, { key, rules }),
  };
}
