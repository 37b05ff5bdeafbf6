import type { AuditRecord } from '../audit/audit-record.ts';
import { type CaseBook, emptyCaseBook } from '../cases/case-book.ts';
import type { CommandFault } from '../commands/command-fault.ts';
import type { Level } from '../scoring/level.ts';
import type { Score } from '../scoring/score.ts';
import { emptySurveyBook, type SurveyBook } from '../surveys/survey-book.ts';
import type { EpochMs } from '../units.ts';
import { type CustomerFacts, unknownCustomer } from './customer-facts.ts';
import type { MeasureWindow, PlaybookRun } from './playbook-run.ts';
import type { RetentionTask } from './retention-task.ts';

/** Tasks of this many latest episodes stay readable in the state; older ones stand only on the tasks topic. */
export const keptEpisodes = 3;

/** Where one customer stands with one trigger. */
export interface TriggerState {
  readonly trigger: string;
  /** Number of the latest live episode; 0 before the first. */
  readonly episode: number;
  /** Whether that episode is still running: on a level, until the level is `none`; else while its task is not ended. */
  readonly isRunning: boolean;
  /** Whether an episode of the shadow machine, which historical scores run through, is running. */
  readonly isShadowRunning: boolean;
  /** When the latest episode began or was withheld; null before the first. */
  readonly lastOpenedAt: EpochMs | null;
  /** When the latest task was ended; null before the first end. */
  readonly endedAt: EpochMs | null;
  /** The next episode begins no earlier; outlives the task. */
  readonly cooldownUntil: EpochMs | null;
  /** Null where the latest task is ended. */
  readonly run: PlaybookRun | null;
  /** Tasks of the latest episodes, oldest first, at most `keptEpisodes`; the last one belongs to `episode`. */
  readonly tasks: readonly RetentionTask[];
  /** Windows that are still open, of tasks that are kept. */
  readonly windows: readonly MeasureWindow[];
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

/** So many events of a customer are known again when ingest let a copy through at another offset. */
export const keptEvents = 16;

/** How far a log was read. */
export interface LogMark {
  readonly log: 'event' | 'command';
  readonly logId: string | null;
  readonly offset: number;
}

/** Everything the alerts service keeps of one customer. Never mutated: each decision makes a new one. */
export interface TaskState {
  /** Latest time of anything applied; it does not go back. */
  readonly at: EpochMs;
  /** Highest `stateVersion` of the scores applied; 0 before the first. */
  readonly seenVersion: number;
  /** Level of the latest live score applied; null before the first. */
  readonly liveLevel: Level | null;
  /** The latest live score applied. */
  readonly score: Score | null;
  readonly facts: CustomerFacts;
  readonly triggers: readonly TriggerState[];
  /** The customer's concerns. */
  readonly cases: CaseBook;
  /** What the customer was asked. */
  readonly surveys: SurveyBook;
  readonly marks: readonly LogMark[];
  /** Short hashes of the newest events, oldest first; at most `keptEvents`. */
  readonly events: readonly string[];
  /** The newest commands that were applied or refused, oldest first; at most `keptCommands`. */
  readonly commands: readonly DoneCommand[];
  /** Task snapshots that are decided but not known to be published, oldest first. */
  readonly outbox: readonly RetentionTask[];
  /** Audit records that are decided but not known to be published, oldest first. */
  readonly audits: readonly AuditRecord[];
}

/** The state of a customer never seen before. */
export function emptyTaskState(): TaskState {
  return {
    at: 0,
    seenVersion: 0,
    liveLevel: null,
    score: null,
    facts: unknownCustomer,
    triggers: [],
    cases: emptyCaseBook,
    surveys: emptySurveyBook,
    marks: [],
    events: [],
    commands: [],
    outbox: [],
    audits: [],
  };
}

/** A trigger that never ran for this customer. */
export function emptyTriggerState(trigger: string): TriggerState {
  return {
    trigger,
    episode: 0,
    isRunning: false,
    isShadowRunning: false,
    lastOpenedAt: null,
    endedAt: null,
    cooldownUntil: null,
    run: null,
    tasks: [],
    windows: [],
  };
}
