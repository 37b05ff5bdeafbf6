import { capAllows } from '../contacts/contact-caps.ts';
import type { ServedPlaybook, ServedStep } from '../playbooks/served-playbook.ts';
import type { EpochMs } from '../units.ts';
import type { RetentionTask } from './retention-task.ts';
import type { TaskDraft } from './task-draft.ts';

export type MessagePlan =
  | { readonly do: 'send' }
  | { readonly do: 'wait'; readonly until: EpochMs }
  | { readonly do: 'skip'; readonly why: string | null };

const complaintPauseMs = 86_400_000;

/** Whether a message may go out now, has to wait, or never goes out. */
export function planMessage(draft: TaskDraft, playbook: ServedPlaybook, channel: string): MessagePlan {
  const { at, key, rules, state } = draft;
  const { purpose } = playbook;
  const { leaveAloneUntil, consent } = state.facts;
  const isAutomatedOffer = playbook.offer !== null;
  const refusal = rules.consent({ customer: key, purpose, channel, isAutomatedOffer, marks: consent });
  if (refusal !== null) return { do: 'skip', why: refusal };
  if (purpose !== 'service' && leaveAloneUntil !== null && leaveAloneUntil > at) {
    return { do: 'wait', until: leaveAloneUntil };
  }
  if (purpose === 'marketing' && draft.hasOpenComplaint) return { do: 'wait', until: at + complaintPauseMs };
  const allowed = firstAllowed(draft, { purpose, channel });
  if (allowed === Infinity) return { do: 'skip', why: 'capped' };
  return allowed > at ? { do: 'wait', until: allowed } : { do: 'send' };
}

/** Quiet hours may end within a cap, and a cap may end within quiet hours. */
function firstAllowed(
  { at, rules, state }: TaskDraft,
  contact: { readonly purpose: ServedPlaybook['purpose']; readonly channel: string },
): EpochMs {
  let allowed = at;
  for (;;) {
    const capped = capAllows({ ...contact, at: allowed }, state.facts.contacts, rules.caps);
    if (capped === Infinity) return Infinity;
    const next = rules.contactHours.nextAllowed(capped);
    if (next === allowed) return allowed;
    allowed = next;
  }
}

/** Id of what a step of a task sends: the same whenever it is decided again. */
export function contactId({ rules }: TaskDraft, { taskId }: RetentionTask, index: number): string {
  return rules.digest.sha256Hex(JSON.stringify([taskId, 'step', index])).slice(0, 32);
}

export function sendMessage(
  draft: TaskDraft,
  playbook: ServedPlaybook,
  { task, step, index }: { task: RetentionTask; step: Extract<ServedStep, { do: 'message' }>; index: number },
): void {
  const { at, rules, state } = draft;
  const { purpose } = playbook;
  const { channel, text } = step;
  const contact = { contactId: contactId(draft, task, index), channel, purpose, en: text.en, zhCN: text.zhCN, at };
  const isPersonNeeded = playbook.steps.some((each, i) => i > index && each.do === 'task');
  const answered = isPersonNeeded || task.respondedAt !== null ? {} : { respondedAt: at };
  const status = !isPersonNeeded && task.status === 'open' ? 'responded' : task.status;
  draft.patchTask(task, { contacts: [...task.contacts, contact], status, ...answered }, { change: 'message' });
  const recent = state.facts.contacts.filter((each) => each.at > at - rules.capWindowMs);
  draft.learn({ contacts: [...recent, { at, channel, purpose }], lastContactAt: at });
}
