import type { AuditRecord } from '../audit/audit-record.ts';
import type { CommandFault } from '../commands/command-fault.ts';
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

/** So many commands of a customer are known again when they come twice, and can be answered for. */
export const keptCommands = 16;

/** A command that was dealt with. */
export interface DoneCommand {
  readonly commandId: string;
  readonly digest: string;
  /** Task or case it was about. */
  readonly subject: string | null;
  /** Null where it was done. */
  readonly fault: CommandFault | null;
}

/** Everything the alerts service keeps of one customer. Never mutated: each decision makes a new one. */
export interface TaskState {
  /** Highest `stateVersion` of the scores applied; 0 before the first. */
  readonly seenVersion: number;
  /** Level of the latest live score applied; null before the first. */
  readonly liveLevel: Level | null;
  readonly triggers: readonly TriggerState[];
  /** The newest commands that were applied or refused, oldest first; at most `keptCommands`. */
  readonly commands: readonly DoneCommand[];
  /** Task snapshots that are decided but not known to be published, oldest first. */
  readonly outbox: readonly RetentionTask[];
  /** Audit records that are decided but not known to be published, oldest first. */
  readonly audits: readonly AuditRecord[];
}

/** The state of a customer never seen before. */
export function emptyTaskState(): TaskState {
  return { seenVersion: 0, liveLevel: null, triggers: [], commands: [], outbox: [], audits: [] };
}

/** A trigger that never ran for this customer. */
export function emptyTriggerState(trigger: string): TriggerState {
  return { trigger, episode: 0, isRunning: false, isShadowRunning: false, tasks: [] };
}
