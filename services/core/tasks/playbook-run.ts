import type { DurationMs, EpochMs, MinorUnits } from '../units.ts';

/** How far a task that is not ended has come in its playbook. */
export interface PlaybookRun {
  readonly playbook: string;
  readonly startedAt: EpochMs;
  /** When the present step goes on by itself; null where it waits for a person. */
  readonly wakeAt: EpochMs | null;
  /** When three quarters of the time to answer, and to settle, are used up. */
  readonly respondWarnAt: EpochMs | null;
  readonly resolveWarnAt: EpochMs | null;
  /** Time that was left when the task came to wait for somebody else; null while we have to act. */
  readonly paused: {
    readonly state: string;
    readonly respondLeft: number | null;
    readonly resolveLeft: number | null;
  } | null;
}

/** What the customer has bought since a task was opened, until its window ends. */
export interface MeasureWindow {
  readonly taskId: string;
  readonly until: EpochMs;
  readonly purchases: number;
  readonly revenueMinor: MinorUnits;
}

/** For how long purchases count after a task was opened: the horizon of the churn probability that opened it. */
export const measuredMs: DurationMs = 90 * 86_400_000;
