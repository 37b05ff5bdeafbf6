import type { Score } from '../scoring/score.ts';
import type { RetentionTask } from './retention-task.ts';
import type { TaskState, TriggerState } from './task-state.ts';

/** First byte of a stored task state; grows when the layout behind it changes. */
export const taskStateFormat = 1;

/*
 * Layout: one version byte, then JSON made of arrays in a fixed order (no field names: they would be most of the bytes).
 * Numbers keep every bit in JSON but the sign of a negative zero; decoding and encoding again gives the same bytes.
 */

/** Packs a state for the store. Equal states have equal bytes. */
export function encodeTaskState(state: TaskState): Buffer {
  const packed = [
    state.seenVersion,
    state.liveLevel,
    state.triggers.map(packTrigger),
    state.outbox.map(packTask),
  ] as const;
  return Buffer.concat([Buffer.from([taskStateFormat]), Buffer.from(JSON.stringify(packed), 'utf8')]);
}

function packTrigger(state: TriggerState): readonly unknown[] {
  return [state.trigger, state.episode, state.isRunning, state.isShadowRunning, state.tasks.map(packTask)];
}

function packTask(task: RetentionTask): readonly unknown[] {
  const { outcome } = task;
  return [
    task.taskId, task.version, task.tenant, task.surrogate, task.customerRef, task.trigger, task.playbook, task.episode,
    task.priority, task.status, task.owner, task.createdAt, task.updatedAt, task.respondBy, task.resolveBy,
    packScore(task.score), task.textEn, task.textZhCN, task.arm,
    outcome && [outcome.result, outcome.reason, outcome.at], packOwnReasons(task),
  ]; // prettier-ignore
}

function packScore(score: Score): readonly unknown[] {
  const { churn, expectedSpend90d: spend, clv, reasons } = score;
  return [
    score.scoreId, score.customerRef, score.source, score.eventId, score.cause, score.asOf, score.stateVersion,
    score.activationId, score.modelVersion, score.backend, score.vectorHash, churn.p30, churn.p60, churn.p90, score.pAlive,
    spend && [spend.mean, spend.median, spend.currency],
    clv && [clv.mean, clv.low, clv.high, clv.horizonDays, clv.currency],
    score.level, score.tier, score.stage,
    packReasons(reasons),
    score.nextBestAction, score.degraded, score.supersedes, score.historical, score.occurredAt, score.receivedAt,
  ]; // prettier-ignore
}

/** Mostly they are those of the score, and are not stored twice. */
function packOwnReasons({ reasons, score }: RetentionTask): readonly unknown[] | true | null {
  const packed = packReasons(reasons);
  return packed !== null && JSON.stringify(packed) === JSON.stringify(packReasons(score.reasons)) ? true : packed;
}

function packReasons(reasons: Score['reasons']): readonly unknown[] | null {
  return reasons && reasons.map((reason) => [reason.code, reason.contribution, reason.en, reason.zhCN]);
}
