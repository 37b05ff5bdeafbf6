import { reasonsToJson } from '../scoring/reasons-to-json.ts';
import { scoreToJson } from '../scoring/score-to-json.ts';
import type { EpochMs } from '../units.ts';
import type { RetentionTask } from './retention-task.ts';

const surveyLink = /\/s\/[\w-]{20,}\.[\w-]{43}/g;

/** A task as the HTTP interface shows it. `reasons` is empty where none were told. */
export function taskToJson(task: RetentionTask): object {
  return {
    taskId: task.taskId,
    version: task.version,
    customerRef: task.customerRef,
    customerId: `~${task.surrogate}`,
    tenant: task.tenant,
    trigger: task.trigger,
    playbook: task.playbook,
    priority: task.priority,
    status: task.status,
    owner: task.owner,
    createdAt: isoTime(task.createdAt),
    respondBy: isoTime(task.respondBy),
    resolveBy: isoTime(task.resolveBy),
    score: scoreToJson(task.score),
    reasons: reasonsToJson(task.reasons) ?? [],
    text: textOf(task.textEn, task.textZhCN),
    arm: task.arm,
    outcome: task.outcome && { result: task.outcome.result, reason: task.outcome.reason, at: isoTime(task.outcome.at) },
    ...workToJson(task),
  };
}

/** How far the work on it has come, and why it is this playbook. */
function workToJson(task: RetentionTask): object {
  const { offer, step, measured } = task;
  return {
    queue: task.queue,
    playbookVersion: task.playbookVersion,
    segment: task.segment,
    causes: task.causes,
    considered: task.considered,
    offer: offer && { text: { en: offer.en, 'zh-CN': offer.zhCN }, costMinor: offer.costMinor },
    step: step && { index: step.index, kind: step.kind, since: isoTime(step.since) },
    snoozedUntil: isoTime(task.snoozedUntil),
    claimedUntil: isoTime(task.claimedUntil),
    escalations: task.escalations,
    warnedAt: isoTime(task.warnedAt),
    breachedAt: isoTime(task.breachedAt),
    respondedAt: isoTime(task.respondedAt),
    resolvedAt: isoTime(task.resolvedAt),
    endedAt: isoTime(task.endedAt),
    contacts: task.contacts.map(({ contactId, channel, purpose, en, zhCN, at }) => {
      return { contactId, channel, purpose, text: textOf(en, zhCN), at: isoTime(at) };
    }),
    calls: task.calls.map(({ callId, target, at }) => ({ callId, target, at: isoTime(at) })),
    measured: measured && { ...measured, until: isoTime(measured.until) },
    change: task.change,
    changedBy: task.changedBy,
    note: task.note,
  };
}

/** Whoever has the link of a survey can answer it for the customer, so readers of tasks do not get it. */
function textOf(en: string, zhCN: string): object {
  const [hiddenEn, hiddenZhCN] = [en, zhCN].map((text) => text.replaceAll(surveyLink, '/s/…'));
  return { en: hiddenEn, 'zh-CN': hiddenZhCN };
}

function isoTime(time: EpochMs | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
