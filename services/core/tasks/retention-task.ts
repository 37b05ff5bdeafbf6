import type { ContactPurpose } from '../contacts/contact-caps.ts';
import type { Score, ScoreReason } from '../scoring/score.ts';
import type { EpochMs, MinorUnits, Surrogate } from '../units.ts';

export type TaskStatus = 'open' | 'claimed' | 'responded' | 'resolved' | 'expired' | 'retracted';

export interface TaskOutcome {
  readonly result: string;
  /** What the customer, or whoever spoke with them, named as the reason; a word of `reasonCodes`. */
  readonly reason: string | null;
  readonly at: EpochMs;
}

/** Why a playbook does not begin for a customer now. */
export type MuteReason = 'running' | 'cooldown' | 'leave-alone' | 'open-complaint' | 'refused' | 'harms';

/** A playbook that answers the trigger too and was not chosen. */
export interface ConsideredPlaybook {
  readonly playbook: string;
  /** See `taskWorth`; minor units of the reporting currency. */
  readonly worth: number;
  readonly why: MuteReason | 'other-reasons' | 'worth-less';
}

export interface TaskOffer {
  readonly en: string;
  readonly zhCN: string;
  readonly costMinor: MinorUnits;
}

/** Where a task stands in its playbook. */
export interface TaskStep {
  readonly index: number;
  readonly kind: 'task' | 'message' | 'wait' | 'follow-up' | 'escalate' | 'webhook' | 'close';
  readonly since: EpochMs;
}

/** A message to the customer; whoever delivers it does so once for each `contactId`. */
export interface TaskContact {
  readonly contactId: string;
  readonly channel: string;
  readonly purpose: ContactPurpose;
  readonly en: string;
  readonly zhCN: string;
  readonly at: EpochMs;
}

/** A webhook that the playbook calls; once for each `callId`. */
export interface TaskCall {
  readonly callId: string;
  readonly target: string;
  readonly at: EpochMs;
}

/** What the customer bought from the opening of the task until the end of the window. */
export interface TaskMeasure {
  readonly until: EpochMs;
  readonly purchases: number;
  /** Net of what came back, in minor units of the reporting currency. */
  readonly revenueMinor: MinorUnits;
  /** No purchase within the window. */
  readonly churned: boolean;
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
  /** The team it waits in; the owner is that team, or the person who took it. */
  readonly queue: string | null;
  readonly playbookVersion: string | null;
  /** `tier/stage` as the task was opened, for effects by segment. */
  readonly segment: string | null;
  /** Ids of the events that asked for it, the newest last; at most 10. */
  readonly causes: readonly string[];
  readonly considered: readonly ConsideredPlaybook[];
  readonly offer: TaskOffer | null;
  readonly step: TaskStep | null;
  readonly snoozedUntil: EpochMs | null;
  /** When the claim lapses unless it is answered. */
  readonly claimedUntil: EpochMs | null;
  /** Steps of the escalation taken. */
  readonly escalations: number;
  readonly warnedAt: EpochMs | null;
  readonly breachedAt: EpochMs | null;
  readonly respondedAt: EpochMs | null;
  readonly resolvedAt: EpochMs | null;
  /** Messages to the customer, all of them so far. */
  readonly contacts: readonly TaskContact[];
  /** Webhook calls that its playbook asks for, all of them so far. */
  readonly calls: readonly TaskCall[];
  /** Null until the window of its effect has ended. */
  readonly measured: TaskMeasure | null;
  /** Share of customers that the arm was drawn with. */
  readonly holdoutShare: number;
  /** What made this version: `opened`, `updated`, the verb of a command, or a timer. */
  readonly change: string | null;
  /** Who sent the command; null for the engine itself. */
  readonly changedBy: string | null;
  /** The newest note of a person. */
  readonly note: string | null;
  /** When it expired or was withdrawn. */
  readonly endedAt: EpochMs | null;
}
