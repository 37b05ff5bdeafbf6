import type { CommandFault } from '../commands/command-fault.ts';
import type { RetentionCommand } from '../commands/retention-command.ts';
import { endTask } from './end-task.ts';
import { openFollowUp } from './open-follow-up.ts';
import { pauseTask, resumeTask } from './pause-task.ts';
import type { RetentionTask } from './retention-task.ts';
import { proceed } from './run-steps.ts';
import { takeCaseCommand } from './take-service.ts';
import type { TaskDraft } from './task-draft.ts';
import { keptCommands } from './task-state.ts';
import { isFinal } from './task-status.ts';

/*
 *   open --> claimed --> responded --> resolved
 *     \_________\____________\______-> expired | retracted   (by the engine)
 *
 * A claim may lapse, which gives the task back to its queue. Ended tasks take an outcome and nothing else.
 */

const dayMs = 86_400_000;
const longestSnoozeMs = 30 * dayMs;
const longestPeaceMs = 3_660 * dayMs;

/** Does what a command asks, or says why not; either stands in the state and in the audit log. */
export function applyCommand(draft: TaskDraft, command: RetentionCommand): CommandFault | null {
  const { commandId, digest, verb, taskId, caseId, actor, note } = command;
  const task = taskId === null ? undefined : findTask(draft, taskId);
  const fault = dealWith(draft, task, command);
  const subject = taskId ?? caseId;
  const done = { commandId, digest, subject, fault };
  draft.set({ commands: [...draft.state.commands, done].slice(-keptCommands) });
  const result = fault === null ? ('done' as const) : ('refused' as const);
  draft.audit(
    { actor, action: verb, result, reason: fault, subject, playbook: task?.playbook ?? null, note },
    commandId,
  );
  return fault;
}

function dealWith(draft: TaskDraft, task: RetentionTask | undefined, command: RetentionCommand): CommandFault | null {
  if (command.verb === 'leave-alone') return leaveAlone(draft, command);
  return command.verb.startsWith('case-') ? takeCaseCommand(draft, command) : applyToTask(draft, task, command);
}

function findTask(draft: TaskDraft, taskId: string): RetentionTask | undefined {
  return draft.state.triggers.flatMap((each) => each.tasks).find((each) => each.taskId === taskId);
}

function leaveAlone(draft: TaskDraft, { until }: RetentionCommand): CommandFault | null {
  if (until !== null && (until <= draft.at || until > draft.at + longestPeaceMs)) return 'too-long';
  draft.learn({ leaveAloneUntil: until });
  return null;
}

function applyToTask(
  draft: TaskDraft,
  task: RetentionTask | undefined,
  command: RetentionCommand,
): CommandFault | null {
  if (task === undefined) return 'unknown-task';
  if (command.verb === 'note') return addNote(draft, task, command);
  if (task.arm === 'holdout') return 'holdout';
  if (command.verb === 'outcome') return tellOutcome(draft, task, command);
  if (isFinal(task.status)) return task.status === 'resolved' ? 'already-resolved' : 'task-ended';
  switch (command.verb) {
    case 'claim':
      return claim(draft, task, command);
    case 'assign':
      return assign(draft, task, command);
    case 'respond':
      return respond(draft, task, command);
    case 'resolve':
      return resolve(draft, task, command);
    case 'snooze':
      return snooze(draft, task, command);
    case 'escalate':
      return escalate(draft, task, command);
    default:
      return 'incomplete';
  }
}

function addNote(draft: TaskDraft, task: RetentionTask, { note, actor }: RetentionCommand): CommandFault | null {
  if (note === null) return 'incomplete';
  draft.patchTask(task, { note }, { change: 'note', by: actor });
  return null;
}

function tellOutcome(draft: TaskDraft, task: RetentionTask, { result, reason, actor, note }: RetentionCommand) {
  if (result === null) return 'incomplete';
  if (task.status === 'open' || task.status === 'claimed') return 'not-answered';
  const patch = { outcome: { result, reason, at: draft.at }, note: note ?? task.note };
  draft.patchTask(task, patch, { change: 'outcome', by: actor });
  return null;
}

function claim(draft: TaskDraft, task: RetentionTask, { actor, until, note }: RetentionCommand): CommandFault | null {
  // What was answered and then given to a queue is nobody's again.
  if (task.status !== 'open' && task.owner !== actor && task.owner !== task.queue) return 'claimed-by-other';
  if (until !== null && (until <= draft.at || until > draft.at + longestSnoozeMs)) return 'too-long';
  const status = task.status === 'open' ? 'claimed' : task.status;
  const claimedUntil = status === 'claimed' ? until : null;
  wakeUp(draft, task, actor);
  draft.patchTask(
    task,
    { status, owner: actor, claimedUntil, note: note ?? task.note },
    { change: 'claim', by: actor },
  );
  return null;
}

/** What is given to a queue waits there for whoever takes it next; nobody has it any more. */
function assign(draft: TaskDraft, task: RetentionTask, { owner, actor, note }: RetentionCommand): CommandFault | null {
  if (owner === null) return 'incomplete';
  const isQueue = draft.rules.queues.has(owner);
  const status = isQueue && task.status === 'claimed' ? ('open' as const) : task.status;
  const patch = { owner, queue: isQueue ? owner : task.queue, status, claimedUntil: null, note: note ?? task.note };
  draft.patchTask(task, patch, { change: 'assign', by: actor });
  return null;
}

function respond(draft: TaskDraft, task: RetentionTask, { actor, note }: RetentionCommand): CommandFault | null {
  wakeUp(draft, task, actor);
  draft.patchTask(
    task,
    {
      status: 'responded',
      owner: task.owner === task.queue ? actor : task.owner,
      respondedAt: task.respondedAt ?? draft.at,
      claimedUntil: null,
      note: note ?? task.note,
    },
    { change: 'respond', by: actor },
  );
  draft.learn({ lastContactAt: draft.at });
  goOn(draft, task);
  return null;
}

/** Once a person has answered, what the playbook does after that begins; a close waits until it is settled. */
function goOn(draft: TaskDraft, { playbook: id, trigger, step }: RetentionTask): void {
  const playbook = draft.rules.playbooks.get(id);
  if (playbook === undefined || step?.kind !== 'task') return;
  const next = playbook.steps[step.index + 1];
  if (next === undefined || next.do === 'follow-up' || next.do === 'close') return;
  proceed(draft, { ...playbook, trigger }, step.index + 1);
}

function resolve(draft: TaskDraft, task: RetentionTask, command: RetentionCommand): CommandFault | null {
  const { actor, result, reason, note } = command;
  if (result === null) return 'incomplete';
  const patch = { respondedAt: task.respondedAt ?? draft.at, note: note ?? task.note };
  endTask(draft, task, { status: 'resolved', result, reason, change: 'resolve', by: actor, patch });
  draft.learn({ lastContactAt: draft.at });
  openFollowUp(draft, task);
  return null;
}

function snooze(
  draft: TaskDraft,
  task: RetentionTask,
  { actor, until, state, note }: RetentionCommand,
): CommandFault | null {
  if (until === null) return 'incomplete';
  if (until <= draft.at || until > draft.at + longestSnoozeMs) return 'too-long';
  draft.patchTask(task, { snoozedUntil: until, note: note ?? task.note }, { change: 'snooze', by: actor });
  if (state !== null) pauseTask(draft, task, state);
  return null;
}

function escalate(draft: TaskDraft, task: RetentionTask, { actor, note }: RetentionCommand): CommandFault | null {
  const step = draft.rules.playbooks.get(task.playbook)?.escalation[task.escalations];
  if (step === undefined) return 'last-step';
  const patch = { queue: step.to, owner: step.to, escalations: task.escalations + 1, note: note ?? task.note };
  const status = task.status === 'claimed' ? ('open' as const) : task.status;
  draft.patchTask(task, { ...patch, status, claimedUntil: null }, { change: 'escalate', by: actor });
  draft.decisions.push({ kind: 'escalated', playbook: task.playbook });
  return null;
}

/** Whoever takes up a task that slept wakes it. */
function wakeUp(draft: TaskDraft, task: RetentionTask, by: string): void {
  if (task.snoozedUntil !== null) resumeTask(draft, task, 'snooze-ended', by);
}
