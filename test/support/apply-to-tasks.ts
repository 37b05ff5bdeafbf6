import type { TaskRules } from '../../services/core/playbooks/tenant-rules.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import { type AppliedInput, applyInput } from '../../services/core/tasks/apply-input.ts';
import type { TaskInput } from '../../services/core/tasks/task-input.ts';
import { emptyTaskState, type TaskState } from '../../services/core/tasks/task-state.ts';
import { taskRules } from './task-rules.ts';

const standardRules = taskRules();
const customer = { tenant: 'demo', surrogate: '00112233445566778899aabbccddeeff' };

/** Applies an input to the customer of the builders, with a clock on the wall that never holds anything back. */
export function applyToTasks(state: TaskState, input: TaskInput, rules: TaskRules = standardRules): AppliedInput {
  return applyInput(state, input, { key: customer, rules, now: Infinity });
}

/** The same for a score alone. */
export function applyScoreToTasks(state: TaskState, score: Score, rules: TaskRules = standardRules): AppliedInput {
  const key = { tenant: score.tenant, surrogate: score.surrogate };
  return applyInput(state, { kind: 'score', score }, { key, rules, now: Infinity });
}

/** All of them, one after the other. */
export function applyAllToTasks(inputs: readonly TaskInput[], rules?: TaskRules, from = emptyTaskState()): TaskState {
  return inputs.reduce((state, input) => applyToTasks(state, input, rules).state, from);
}
