import { packCaseBook } from '../cases/pack-case-book.ts';
import { packSurveyBook } from '../surveys/pack-survey-book.ts';
import type { CustomerFacts } from './customer-facts.ts';
import type { Score } from '../scoring/score.ts';
import { packScore } from './pack-score.ts';
import { packTask } from './pack-task.ts';
import type { TaskState, TriggerState } from './task-state.ts';

/** First byte of a stored task state; grows when the layout behind it changes. */
export const taskStateFormat = 3;

/*
 * Layout: one version byte, then JSON made of arrays in a fixed order (no field names of what most customers have: they
 * would be most of the bytes). A task whose score or reasons are those of the state or score does not store them twice,
 * nor does an outbox store a snapshot that stands among the tasks. Numbers keep every bit in JSON but the sign of a negative
 * zero; decoding and encoding again gives the same bytes.
 */

/** Packs a state for the store. Equal states have equal bytes. */
export function encodeTaskState(state: TaskState): Buffer {
  const { score } = state;
  const kept = new Map(state.triggers.flatMap(({ tasks }) => tasks).map((task) => [task, [task.taskId]] as const));
  const packed = [
    state.at,
    state.seenVersion,
    state.liveLevel,
    score && [score.tenant, score.surrogate, packScore(score)],
    packFacts(state.facts),
    state.triggers.map((trigger) => packTrigger(trigger, score)),
    state.marks.map(({ log, logId, offset }) => [log, logId, offset]),
    state.events,
    state.commands.map(({ commandId, digest, subject, fault }) => [commandId, digest, subject, fault]),
    state.outbox.map((task) => kept.get(task) ?? packTask(task, score)),
    inOrder(state.audits),
    packCaseBook(state.cases),
    packSurveyBook(state.surveys),
  ];
  return Buffer.concat([Buffer.from([taskStateFormat]), Buffer.from(JSON.stringify(packed), 'utf8')]);
}

function packFacts(facts: CustomerFacts): readonly unknown[] {
  return [
    facts.customerRef,
    facts.liveSince,
    facts.lastPurchaseAt,
    facts.lastContactAt,
    facts.standings.map(({ kind, scheme, name, since }) => [kind, scheme, name, since]),
    facts.segmentsVersion,
    facts.dates.map(({ field, day, since }) => [field, day, since]),
    facts.leaveAloneUntil,
    facts.consent.map(({ purpose, channel, granted }) => [purpose, channel, granted]),
    facts.contacts.map(({ at, channel, purpose }) => [at, channel, purpose]),
    inOrder(facts.attributes),
  ];
}

function packTrigger(state: TriggerState, score: Score | null): readonly unknown[] {
  const { run } = state;
  return [
    state.trigger, state.episode, state.isRunning, state.isShadowRunning, state.lastOpenedAt, state.endedAt,
    state.cooldownUntil,
    run && [run.playbook, run.startedAt, run.wakeAt, run.respondWarnAt, run.resolveWarnAt, inOrder(run.paused)],
    state.tasks.map((task) => packTask(task, score)),
    state.windows.map(({ taskId, until, purchases, revenueMinor }) => [taskId, until, purchases, revenueMinor]),
  ]; // prettier-ignore
}

/** What is seldom there stays an object, its fields in the order of their names. */
function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.length === 0 ? value : value.map(inOrder);
  const entries = Object.entries(value).map(([name, each]) => [name, inOrder(each)] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
