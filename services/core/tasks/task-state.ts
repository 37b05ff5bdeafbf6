import type { Level } from '../scoring/level.ts';
import type { RetentionTask } from './retention-task.ts';

/** Tasks of this many latest episodes stay readable in the state; older ones stand only on the tasks topic. */
export const keptEpisodes = 3;

/** Where one customer stands with one trigger. */
export interface TriggerState {
  readonly trigger: string;
  /** Number of the latest live episode; 0 before the first. */
  readonly episode: number;
  /** Whether that episode is still running. */
  readonly isRunning: boolean;
  /** Whether an episode of the shadow machine, which historical scores run through, is running. */
  readonly isShadowRunning: boolean;
  /** Tasks of the latest episodes, oldest first, at most `keptEpisodes`; the last one belongs to `episode`. */
  readonly tasks: readonly RetentionTask[];
}

/** Everything the alerts service keeps of one customer. Never mutated: each decision makes a new one. */
export interface TaskState {
  /** Highest `stateVersion` of the scores applied; 0 before the first. */
  readonly seenVersion: number;
  /** Level of the latest live score applied; null before the first. */
  readonly liveLevel: Level | null;
  readonly triggers: readonly TriggerState[];
  /** Task snapshots that are decided but not known to be published, oldest first. */
  readonly outbox: readonly RetentionTask[];
}

/** The state of a customer never seen before. */
export function emptyTaskState(): TaskState {
  return { seenVersion: 0, liveLevel: null, triggers: [], outbox: [] };
}

/** A trigger that never ran for this customer. */
export function emptyTriggerState(trigger: string): TriggerState {
  return { trigger, episode: 0, isRunning: false, isShadowRunning: false, tasks: [] };
}
