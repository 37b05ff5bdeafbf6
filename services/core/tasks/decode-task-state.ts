import { EngineError } from '../errors.ts';
import type { Score } from '../scoring/score.ts';
import { unpackCaseBook } from '../cases/pack-case-book.ts';
import { unpackSurveyBook } from '../surveys/pack-survey-book.ts';
import type { CustomerFacts } from './customer-facts.ts';
import { decodeFormat1 } from './decode-format-1.ts';
import { taskStateFormat } from './encode-task-state.ts';
import { unpackScore } from './pack-score.ts';
import { unpackTask } from './pack-task.ts';
import type { TaskState, TriggerState } from './task-state.ts';

type Packed = readonly unknown[];

/** Reads what `encodeTaskState` wrote, now or in an earlier format. Throws ERR_STATE_CORRUPT for anything else. */
export function decodeTaskState(bytes: Buffer): TaskState {
  const format = bytes[0];
  if (format !== taskStateFormat && format !== 2 && format !== 1) {
    throw corrupt(`begins with format ${format ?? 'none'}, expected ${taskStateFormat}`);
  }
  try {
    const body = bytes.toString('utf8', 1);
    // Format 2 is format 3 without what the parts have been given since: they know what it stands for.
    return format === 1 ? decodeFormat1(body) : unpackState(JSON.parse(body) as Packed);
  } catch (cause) {
    throw corrupt('is not the packed form', cause);
  }
}

function corrupt(what: string, cause?: unknown): EngineError {
  const message = `A stored task state ${what}; restore the store, or remove the key to rebuild it from the scores topic.`;
  return new EngineError('ERR_STATE_CORRUPT', message, { retryable: false, cause });
}

function unpackState(packed: Packed): TaskState {
  const p = packed as never[];
  const packedScore = p[3] as never[] | null;
  const score = packedScore && unpackScore(packedScore[2], packedScore[0], packedScore[1]);
  const unpacked = (p[5] as Packed[]).map((each) => unpackTrigger(each, score));
  const kept = new Map(unpacked.flatMap(({ tasks }) => tasks).map((task) => [task.taskId, task]));
  return {
    at: p[0],
    seenVersion: p[1],
    liveLevel: p[2],
    score,
    facts: unpackFacts(p[4]),
    triggers: unpacked,
    marks: (p[6] as never[][]).map(([log, logId, offset]) => ({ log, logId, offset })),
    events: p[7],
    commands: (p[8] as never[][]).map(([commandId, digest, subject, fault]) => {
      return { commandId, digest, subject, fault };
    }),
    outbox: (p[9] as Packed[]).map(
      (each) => kept.get(each.length === 1 ? (each[0] as string) : '') ?? unpackTask(each, score),
    ),
    audits: p[10],
    cases: unpackCaseBook(p[11]),
    surveys: unpackSurveyBook(p[12]),
  };
}

function unpackFacts(packed: Packed): CustomerFacts {
  const [
    customerRef, liveSince, lastPurchaseAt, lastContactAt, standings, segmentsVersion, dates, leaveAloneUntil, consent,
    contacts, attributes,
  ] = packed as never[]; // prettier-ignore
  return {
    customerRef,
    liveSince,
    lastPurchaseAt,
    lastContactAt,
    standings: (standings as never[][]).map(([kind, scheme, name, since]) => ({ kind, scheme, name, since })),
    segmentsVersion,
    dates: (dates as never[][]).map(([field, day, since]) => ({ field, day, since })),
    leaveAloneUntil,
    consent: (consent as never[][]).map(([purpose, channel, granted]) => ({ purpose, channel, granted })),
    contacts: (contacts as never[][]).map(([at, channel, purpose]) => ({ at, channel, purpose })),
    attributes,
  };
}

function unpackTrigger(packed: Packed, score: Score | null): TriggerState {
  const [
    trigger, episode, isRunning, isShadowRunning, lastOpenedAt, endedAt, cooldownUntil, run, tasks, windows,
  ] = packed as never[]; // prettier-ignore
  return {
    trigger,
    episode,
    isRunning,
    isShadowRunning,
    lastOpenedAt,
    endedAt,
    cooldownUntil,
    run: run && {
      playbook: run[0],
      startedAt: run[1],
      wakeAt: run[2],
      respondWarnAt: run[3],
      resolveWarnAt: run[4],
      paused: run[5],
    },
    tasks: (tasks as Packed[]).map((task) => unpackTask(task, score)),
    windows: (windows as never[][]).map(([taskId, until, purchases, revenueMinor]) => {
      return { taskId, until, purchases, revenueMinor };
    }),
  };
}
