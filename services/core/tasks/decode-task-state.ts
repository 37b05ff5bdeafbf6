import { EngineError } from '../errors.ts';
import type { Score } from '../scoring/score.ts';
import { taskStateFormat } from './encode-task-state.ts';
import type { RetentionTask } from './retention-task.ts';
import type { TaskState, TriggerState } from './task-state.ts';
import { untouchedTask } from './untouched-task.ts';

type Packed = readonly unknown[];

/** Reads what `encodeTaskState` wrote. Throws ERR_STATE_CORRUPT for anything else. */
export function decodeTaskState(bytes: Buffer): TaskState {
  const format = bytes[0];
  if (format !== taskStateFormat) throw corrupt(`begins with format ${format ?? 'none'}, expected ${taskStateFormat}`);
  try {
    const [seenVersion, liveLevel, triggers, outbox] = JSON.parse(bytes.toString('utf8', 1)) as Packed;
    return {
      seenVersion: seenVersion as number,
      liveLevel: liveLevel as TaskState['liveLevel'],
      triggers: (triggers as Packed[]).map(unpackTrigger),
      commands: [],
      audits: [],
      outbox: (outbox as Packed[]).map(unpackTask),
    };
  } catch (cause) {
    throw corrupt('is not the packed form', cause);
  }
}

function corrupt(what: string, cause?: unknown): EngineError {
  const message = `A stored task state ${what}; restore the store, or remove the key to rebuild it from the scores topic.`;
  return new EngineError('ERR_STATE_CORRUPT', message, { retryable: false, cause });
}

function unpackTrigger(packed: Packed): TriggerState {
  const [trigger, episode, isRunning, isShadowRunning, tasks] = packed as [string, number, boolean, boolean, Packed[]];
  return { trigger, episode, isRunning, isShadowRunning, tasks: tasks.map(unpackTask) };
}

function unpackTask(packed: Packed): RetentionTask {
  const [
    taskId, version, tenant, surrogate, customerRef, trigger, playbook, episode, priority, status, owner, createdAt,
    updatedAt, respondBy, resolveBy, packedScore, textEn, textZhCN, arm, outcome, reasons = null,
  ] = packed as never[]; // prettier-ignore
  const score = unpackScore(packedScore, tenant, surrogate);
  return {
    ...untouchedTask,
    taskId, version, tenant, surrogate, customerRef, trigger, playbook, episode, priority, status, owner, createdAt,
    updatedAt, respondBy, resolveBy, score, textEn, textZhCN, arm,
    outcome: outcome && { result: outcome[0], reason: outcome[1], at: outcome[2] },
    reasons: reasons === true ? score.reasons : unpackReasons(reasons),
  }; // prettier-ignore
}

function unpackScore(packed: Packed, tenant: string, surrogate: string): Score {
  const [
    scoreId, customerRef, source, eventId, cause, asOf, stateVersion, activationId, modelVersion, backend, vectorHash,
    p30, p60, p90, pAlive, spend, clv, level, tier, stage, reasons, nextBestAction, degraded, supersedes, historical,
    occurredAt, receivedAt,
  ] = packed as never[]; // prettier-ignore
  return {
    scoreId, tenant, surrogate, customerRef, source, eventId, cause, asOf, stateVersion, activationId, modelVersion, backend,
    vectorHash, churn: { p30, p60, p90 }, pAlive,
    expectedSpend90d: spend && { mean: spend[0], median: spend[1], currency: spend[2] },
    clv: clv && { mean: clv[0], low: clv[1], high: clv[2], horizonDays: clv[3], currency: clv[4] },
    level, tier, stage,
    reasons: unpackReasons(reasons),
    nextBestAction, degraded, supersedes, historical, occurredAt, receivedAt,
  }; // prettier-ignore
}

/** Tasks that were stored before they had reasons of their own have none. */
function unpackReasons(packed: readonly Packed[] | null): Score['reasons'] {
  return packed && packed.map(unpackReason);
}

function unpackReason(packed: Packed): NonNullable<Score['reasons']>[number] {
  const [code, contribution, en, zhCN] = packed as [string, number, string, string];
  return { code, contribution, en, zhCN };
}
