import type { ServedPlaybook, ServedStep } from '../playbooks/served-playbook.ts';
import type { EpochMs } from '../units.ts';
import { endTask } from './end-task.ts';
import { contactId, planMessage, sendMessage } from './plan-message.ts';
import type { RetentionTask, TaskStep } from './retention-task.ts';
import { type Deadlines, deadlinesFrom, noDeadlines } from './set-deadlines.ts';
import type { TaskDraft } from './task-draft.ts';
import { isFinal } from './task-status.ts';
import { taskText } from './task-text.ts';

/*
 * A playbook is followed step by step until it waits: for a person (task, follow-up), for the time (wait, a message that
 * may not go out yet), or until it has ended. A ghost task takes the same time and does nothing.
 */

const followUpMs = 2 * 86_400_000;

/** Follows the playbook of a trigger's task from a step on. */
export function proceed(draft: TaskDraft, playbook: ServedPlaybook, from: number): void {
  for (let index = from; ; index += 1) {
    const task = draft.task(playbook.trigger);
    if (task === undefined || isFinal(task.status)) return;
    const step = playbook.steps[index];
    if (step === undefined || step.do === 'close') {
      endTask(draft, task, { status: 'resolved', result: 'completed', reason: null, change: 'completed' });
      return;
    }
    if (!takeStep(draft, playbook, { task, step, index })) return;
  }
}

/** Goes on with a task whose step has waited long enough. */
export function wake(draft: TaskDraft, playbook: ServedPlaybook): void {
  const task = draft.task(playbook.trigger);
  if (task?.step == null) return;
  setWake(draft, task, null);
  proceed(draft, playbook, task.step.kind === 'wait' ? task.step.index + 1 : task.step.index);
}

interface Taken {
  readonly task: RetentionTask;
  readonly step: ServedStep;
  readonly index: number;
}

/** Whether the next step follows at once. */
function takeStep(draft: TaskDraft, playbook: ServedPlaybook, { task, step, index }: Taken): boolean {
  const here: TaskStep = { index, kind: step.do, since: task.step?.index === index ? task.step.since : draft.at };
  const change = { change: `step-${step.do}` };
  switch (step.do) {
    case 'task':
      waitForPerson(draft, playbook, { task, step, here });
      return false;
    case 'follow-up':
      waitForFollowUp(draft, { task, step, here });
      return false;
    case 'wait':
      draft.patchTask(task, { step: here }, change);
      setWake(draft, task, step.term.scale.after(draft.at, step.term.units));
      return false;
    case 'message':
      return takeMessage(draft, playbook, { task, step, here });
    case 'escalate':
      draft.patchTask(task, { step: here, queue: step.to, owner: step.to }, change);
      return true;
    case 'webhook': {
      const call = { callId: contactId(draft, task, index), target: step.target, at: draft.at };
      const calls = task.arm === 'holdout' ? task.calls : [...task.calls, call];
      draft.patchTask(task, { step: here, calls }, change);
      return true;
    }
    case 'close':
      return false;
  }
}

type At<Do extends ServedStep['do']> = {
  readonly task: RetentionTask;
  readonly step: Extract<ServedStep, { do: Do }>;
  readonly here: TaskStep;
};

/** A task step that comes later, after messages and waits, has its terms from then on: the risk may have fallen by then. */
function laterDeadlines({ at }: TaskDraft, playbook: ServedPlaybook, { score }: RetentionTask): Deadlines {
  const levels = [score.level, 'watch', 'high', 'critical'] as const;
  const level = levels.find((each) => playbook.resolveTerm(each) !== null) ?? score.level;
  return deadlinesFrom(playbook, level, at, noDeadlines);
}

function waitForPerson(draft: TaskDraft, playbook: ServedPlaybook, { task, step, here }: At<'task'>): void {
  const deadlines = here.index === 0 ? null : laterDeadlines(draft, playbook, task);
  const risk = task.score.level === 'none' ? null : taskText(task.score);
  setWake(draft, task, null);
  setDeadlines(draft, task, deadlines);
  draft.patchTask(
    task,
    {
      step: here,
      textEn: risk === null ? step.text.en : `${risk.en} ${step.text.en}`,
      textZhCN: risk === null ? step.text.zhCN : `${risk.zhCN}${step.text.zhCN}`,
      ...(deadlines === null ? {} : { respondBy: deadlines.respondBy, resolveBy: deadlines.resolveBy }),
    },
    { change: 'step-task' },
  );
}

function waitForFollowUp(draft: TaskDraft, { task, step, here }: At<'follow-up'>): void {
  const respondBy = step.term.scale.after(draft.at, step.term.units);
  setWake(draft, task, null);
  setDeadlines(draft, task, { ...noDeadlines, respondBy, resolveBy: respondBy + followUpMs });
  draft.patchTask(
    task,
    { step: here, textEn: step.text.en, textZhCN: step.text.zhCN, respondBy, resolveBy: respondBy + followUpMs },
    { change: 'step-follow-up' },
  );
}

function takeMessage(draft: TaskDraft, playbook: ServedPlaybook, { task, step, here }: At<'message'>): boolean {
  const plan =
    task.arm === 'holdout' ? ({ do: 'skip', why: null } as const) : planMessage(draft, playbook, step.channel);
  if (plan.do === 'wait') {
    draft.patchTask(task, { step: here }, { change: 'step-message' });
    setWake(draft, task, plan.until);
    return false;
  }
  draft.patchTask(task, { step: here }, { change: 'step-message' });
  if (plan.do === 'send') sendMessage(draft, playbook, { task, step, index: here.index });
  else if (plan.why !== null) {
    const cause = contactId(draft, task, here.index);
    const { taskId: subject, playbook: id } = task;
    const record = { actor: 'engine', action: 'send-message', subject, playbook: id, note: step.channel } as const;
    draft.audit({ ...record, result: 'withheld', reason: plan.why }, cause);
  }
  return true;
}

function setWake(draft: TaskDraft, { trigger }: RetentionTask, wakeAt: EpochMs | null): void {
  const { run } = draft.trigger(trigger);
  if (run !== null) draft.setTrigger(trigger, { run: { ...run, wakeAt } });
}

function setDeadlines(draft: TaskDraft, { trigger }: RetentionTask, deadlines: Deadlines | null): void {
  const { run } = draft.trigger(trigger);
  if (run === null || deadlines === null) return;
  const { respondWarnAt, resolveWarnAt } = deadlines;
  draft.setTrigger(trigger, { run: { ...run, respondWarnAt, resolveWarnAt } });
}
