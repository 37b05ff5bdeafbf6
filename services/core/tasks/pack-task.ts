import type { Score } from '../scoring/score.ts';
import { packReasons, packScore, unpackReasons, unpackScore } from './pack-score.ts';
import type { EpochMs } from '../units.ts';
import type { RetentionTask, TaskStatus } from './retention-task.ts';

/*
 * Tasks in stored states: arrays in a fixed order that is only ever appended to. The score of the state, and the reasons of
 * a score, are not stored twice.
 */

type Packed = readonly unknown[];

export function packTask(task: RetentionTask, stateScore: Score | null): Packed {
  const { outcome, offer, step, measured } = task;
  return [
    task.score === stateScore ? 0 : packScore(task.score), packOwnReasons(task),
    task.taskId, task.version, task.tenant, task.surrogate, task.customerRef, task.trigger, task.playbook, task.episode,
    task.priority, task.status, task.owner, task.createdAt, task.updatedAt, task.respondBy, task.resolveBy, task.textEn,
    task.textZhCN, task.arm, outcome && [outcome.result, outcome.reason, outcome.at], task.queue, task.playbookVersion,
    task.segment, task.causes, task.considered.map(({ playbook, worth, why }) => [playbook, worth, why]),
    offer && [offer.en, offer.zhCN, offer.costMinor], step && [step.index, step.kind, step.since], task.snoozedUntil,
    task.claimedUntil, task.escalations, task.warnedAt, task.breachedAt, task.respondedAt, task.resolvedAt,
    task.contacts.map(({ contactId, channel, purpose, en, zhCN, at }) => [contactId, channel, purpose, en, zhCN, at]),
    task.calls.map(({ callId, target, at }) => [callId, target, at]),
    measured && [measured.until, measured.purchases, measured.revenueMinor, measured.churned], task.holdoutShare,
    task.change, task.changedBy, task.note, task.endedAt,
  ]; // prettier-ignore
}

/** Mostly they are those of the score. */
function packOwnReasons({ reasons, score }: RetentionTask): Packed | true | null {
  if (reasons === score.reasons) return reasons === null ? null : true;
  const packed = packReasons(reasons);
  return packed !== null && JSON.stringify(packed) === JSON.stringify(packReasons(score.reasons)) ? true : packed;
}

/** Reads what `packTask` made. */
export function unpackTask(packed: Packed, stateScore: Score | null): RetentionTask {
  const p = packed as never[];
  const score = packed[0] === 0 && stateScore !== null ? stateScore : unpackScore(p[0], p[4], p[5]);
  const [outcome, offer, step, measured] = [p[20], p[26], p[27], p[37]] as (never[] | null)[];
  return {
    taskId: p[2], version: p[3], tenant: p[4], surrogate: p[5], customerRef: p[6], trigger: p[7], playbook: p[8],
    episode: p[9], priority: p[10], status: p[11], owner: p[12], createdAt: p[13], updatedAt: p[14], respondBy: p[15],
    resolveBy: p[16], score, textEn: p[17], textZhCN: p[18], arm: p[19],
    outcome: outcome && { result: outcome[0], reason: outcome[1], at: outcome[2] },
    reasons: p[1] === true ? score.reasons : unpackReasons(p[1]),
    queue: p[21], playbookVersion: p[22], segment: p[23], causes: p[24],
    considered: (p[25] as never[][]).map((each) => ({ playbook: each[0], worth: each[1], why: each[2] })),
    offer: offer && { en: offer[0], zhCN: offer[1], costMinor: offer[2] },
    step: step && { index: step[0], kind: step[1], since: step[2] },
    snoozedUntil: p[28], claimedUntil: p[29], escalations: p[30], warnedAt: p[31], breachedAt: p[32], respondedAt: p[33],
    resolvedAt: p[34], contacts: (p[35] as never[][]).map(unpackContact),
    calls: (p[36] as never[][]).map((each) => ({ callId: each[0], target: each[1], at: each[2] })),
    measured: measured && { until: measured[0], purchases: measured[1], revenueMinor: measured[2], churned: measured[3] },
    holdoutShare: p[38], change: p[39], changedBy: p[40], note: p[41],
    endedAt: p[42] === undefined ? earlierEnd(p[11], outcome, p[14]) : p[42],
  }; // prettier-ignore
}

/** Tasks that were stored before their ends were say when their outcome was told; without one they were not touched since. */
function earlierEnd(status: TaskStatus, outcome: readonly never[] | null, updatedAt: EpochMs): EpochMs | null {
  if (status !== 'expired' && status !== 'retracted') return null;
  return outcome === null ? updatedAt : outcome[2];
}

function unpackContact(each: never[]): RetentionTask['contacts'][number] {
  return { contactId: each[0], channel: each[1], purpose: each[2], en: each[3], zhCN: each[4], at: each[5] };
}
