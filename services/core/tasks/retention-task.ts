import type { Score, ScoreReason } from '../scoring/score.ts';
import type { EpochMs, Surrogate } from '../units.ts';

export type TaskStatus = 'open' | 'claimed' | 'responded' | 'resolved' | 'expired' | 'retracted';

export interface TaskOutcome {
  readonly result: string;
  readonly reason: string | null;
  readonly at: EpochMs;
}

/** A retention task, field for field as in `schemas/retention-task.v1.avsc`. */
export interface RetentionTask {
  /** hash(tenant, surrogate, trigger, episode). */
  readonly taskId: string;
  readonly version: number;
  readonly tenant: string;
  readonly surrogate: Surrogate;
  readonly customerRef: string | null;
  readonly trigger: string;
  readonly playbook: string;
  readonly episode: number;
  readonly priority: number;
  readonly status: TaskStatus;
  readonly owner: string | null;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
  readonly respondBy: EpochMs | null;
  readonly resolveBy: EpochMs | null;
  readonly score: Score;
  readonly textEn: string;
  readonly textZhCN: string;
  readonly arm: 'treated' | 'holdout';
  readonly outcome: TaskOutcome | null;
  /** Those of the newest score of the task that told any; null where none did. */
  readonly reasons: readonly ScoreReason[] | null;
}
