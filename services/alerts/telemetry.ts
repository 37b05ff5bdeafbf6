import type { TakenScore, UnreadableScore } from './alerts-context.ts';

/** What alerts tells its observers; called per chunk, never per score. */
export interface AlertsTelemetry {
  /** What scores did, told once the state that holds it is written. */
  scoresTaken(taken: readonly TakenScore[]): void;
  /** Records of the scores topic that went to the dead letters. */
  scoresUnreadable(unreadable: readonly UnreadableScore[], topic: string, partition: number): void;
}
