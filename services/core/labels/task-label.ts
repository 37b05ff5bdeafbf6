import type { RetentionTask, TaskMeasure, TaskOutcome } from '../tasks/retention-task.ts';
import type { Arm } from '../uplift/assign-arm.ts';
import type { EpochMs } from '../units.ts';

/** What a task came to, for learning from: what was predicted of the customer beside what turned out. */
export interface TaskLabel {
  readonly taskId: string;
  /** `~` and the surrogate. */
  readonly customerId: string;
  readonly playbook: string;
  readonly arm: Arm;
  readonly openedAt: EpochMs;
  /** Codes of the reasons that the model named, the strongest first; empty where it named none. */
  readonly predicted: readonly string[];
  /** What whoever worked on it said; null until somebody closed it, and always of ghost tasks. */
  readonly outcome: TaskOutcome | null;
  /** What the customer did; null until the window has ended. */
  readonly measured: TaskMeasure | null;
}

export function labelOf({ taskId, surrogate, createdAt, reasons, ...task }: RetentionTask): TaskLabel {
  const { playbook, arm, outcome, measured } = task;
  const predicted = (reasons ?? []).map(({ code }) => code);
  return { taskId, customerId: `~${surrogate}`, playbook, arm, openedAt: createdAt, predicted, outcome, measured };
}
