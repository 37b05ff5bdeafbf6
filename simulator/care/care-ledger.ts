import type { Level } from '../../services/core/scoring/level.ts';
import type { RetentionTask, TaskStatus } from '../../services/core/tasks/retention-task.ts';
import type { EpochMs } from '../../services/core/units.ts';
import type { CareTerm } from './care-plan.ts';

/** One of the two promises of a task. */
export interface BookPromise {
  by: EpochMs | null;
  warnAt: EpochMs | null;
  /** What it is counted in. */
  term: CareTerm | null;
  /** Units left, and left until the warning, while the task waits for somebody else. */
  left: number | null;
  warnLeft: number | null;
}

/** A task as the books keep it. */
export interface BookTask {
  readonly playbook: string;
  readonly trigger: string;
  readonly episode: number;
  readonly arm: RetentionTask['arm'];
  readonly openedAt: EpochMs;
  readonly isFollowUp: boolean;
  status: TaskStatus;
  step: number;
  /** When the step goes on by itself. */
  wakeAt: EpochMs | null;
  /** Whether a person has to act now. */
  asksPerson: boolean;
  respond: BookPromise;
  resolve: BookPromise;
  isPaused: boolean;
  level: Level;
  isWarned: boolean;
  breachedAt: EpochMs | null;
  isAnswered: boolean;
  escalations: number;
  readonly contacts: { readonly at: EpochMs; readonly channel: string }[];
  snoozedUntil: EpochMs | null;
  claimedUntil: EpochMs | null;
  result: string | null;
  endedAt: EpochMs | null;
  purchases: number;
  isMeasured: boolean;
}

/** What the books know of one customer and one trigger. */
export interface BookTrigger {
  episode: number;
  isRunning: boolean;
  lastBegunAt: EpochMs | null;
  restUntil: EpochMs | null;
  readonly tasks: BookTask[];
}

/** Something that the playbooks wanted and the gates did not let through. */
export interface BookWithheld {
  readonly playbook: string;
  readonly what: 'open-task' | 'send-message';
  readonly why: string;
}

/** Everything that the books know of one customer. */
export class CareLedger {
  now: EpochMs = 0;
  liveSince: EpochMs | null = null;
  /** In the order in which the customer met them. */
  readonly triggers = new Map<string, BookTrigger>();
  readonly withheld: BookWithheld[] = [];
  readonly said = new Map<string, boolean>();
  readonly complaints = new Set<string>();
  /** By scheme or machine. */
  readonly places = new Map<string, { readonly name: string; readonly since: EpochMs }>();
  readonly contacts: { readonly at: EpochMs; readonly channel: string; readonly purpose: string }[] = [];
  leaveAloneUntil: EpochMs | null = null;
  lastContactAt: EpochMs | null = null;
  lastPurchaseAt: EpochMs | null = null;
  birthday: { readonly day: string; readonly since: EpochMs } | null = null;
  score: {
    readonly level: Level;
    readonly reasons: readonly string[];
    readonly p90: number;
    readonly value: number;
  } | null = null;

  trigger(name: string): BookTrigger {
    const known = this.triggers.get(name);
    if (known !== undefined) return known;
    const made: BookTrigger = { episode: 0, isRunning: false, lastBegunAt: null, restUntil: null, tasks: [] };
    this.triggers.set(name, made);
    return made;
  }

  /** The task of a trigger that is not ended. */
  openTask(name: string): BookTask | undefined {
    const last = this.triggers.get(name)?.tasks.at(-1);
    return last?.endedAt === null ? last : undefined;
  }
}
