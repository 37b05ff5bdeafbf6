import { unpackReasons, unpackScore } from './pack-score.ts';
import type { RetentionTask } from './retention-task.ts';
import { emptyTaskState, emptyTriggerState, type TaskState, type TriggerState } from './task-state.ts';
import { isFinal } from './task-status.ts';
import { untouchedTask } from './untouched-task.ts';

type Packed = readonly unknown[];

/** Reads the body of format 1, which knew one trigger and neither commands nor facts. */
export function decodeFormat1(body: string): TaskState {
  const [seenVersion, liveLevel, triggers, outbox] = JSON.parse(body) as Packed;
  return {
    ...emptyTaskState(),
    seenVersion: seenVersion as number,
    liveLevel: liveLevel as TaskState['liveLevel'],
    triggers: (triggers as Packed[]).map(unpackTrigger),
    outbox: (outbox as Packed[]).map(unpackTask),
  };
}

function unpackTrigger(packed: Packed): TriggerState {
  const [trigger, episode, isRunning, isShadowRunning, tasks] = packed as [string, number, boolean, boolean, Packed[]];
  const unpacked = tasks.map(unpackTask);
  const task = unpacked.at(-1);
  // A task that was open goes on by the playbook of its name; its deadlines stand in the task.
  const run =
    task === undefined || isFinal(task.status)
      ? null
      : {
          playbook: task.playbook,
          startedAt: task.createdAt,
          wakeAt: null,
          respondWarnAt: null,
          resolveWarnAt: null,
          paused: null,
        };
  return {
    ...emptyTriggerState(trigger),
    episode,
    isRunning,
    isShadowRunning,
    lastOpenedAt: task?.createdAt ?? null,
    run,
    tasks: unpacked,
  };
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
