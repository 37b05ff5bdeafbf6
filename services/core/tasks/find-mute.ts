import type { ServedPlaybook } from '../playbooks/served-playbook.ts';
import type { EpochMs } from '../units.ts';
import type { MuteReason } from './retention-task.ts';
import type { TaskDraft } from './task-draft.ts';
import { isFinal } from './task-status.ts';

/** Why a playbook does not begin for a customer now. */
export interface Mute {
  readonly why: MuteReason;
  /** When to look again; null where another record has to come first. */
  readonly until: EpochMs | null;
}

/**
 * Why a playbook does not begin now, null where it may. What passes by itself comes first (a task that runs, the cooldown, a
 * customer who wants to be left alone, a complaint that mutes marketing); then what is final for this episode: consent
 * refused, and customers whom contact was measured to harm.
 */
export function findMute(draft: TaskDraft, playbook: ServedPlaybook): Mute | null {
  return findPassingMute(draft, playbook) ?? findFinalMute(draft, playbook);
}

function findPassingMute(draft: TaskDraft, { trigger, purpose }: ServedPlaybook): Mute | null {
  const { facts } = draft.state;
  const task = draft.task(trigger);
  if (task !== undefined && !isFinal(task.status)) return { why: 'running', until: null };
  const { cooldownUntil } = draft.trigger(trigger);
  if (cooldownUntil !== null && cooldownUntil > draft.at) return { why: 'cooldown', until: cooldownUntil };
  if (purpose === 'service') return null;
  const { leaveAloneUntil } = facts;
  if (leaveAloneUntil !== null && leaveAloneUntil > draft.at) return { why: 'leave-alone', until: leaveAloneUntil };
  return purpose === 'marketing' && draft.hasOpenComplaint ? { why: 'open-complaint', until: null } : null;
}

function findFinalMute(draft: TaskDraft, playbook: ServedPlaybook): Mute | null {
  const { rules, state } = draft;
  const refusal = refusalOf(draft, playbook);
  if (refusal !== null) return { why: 'refused', until: null };
  const harmed = playbook.purpose !== 'service' && rules.harms().has(`${playbook.id}|${segmentOf(state.score)}`);
  return harmed ? { why: 'harms', until: null } : null;
}

/** What the consent gate says of a playbook before it begins; null where it may. */
export function refusalOf({ key, rules, state }: TaskDraft, playbook: ServedPlaybook): string | null {
  return rules.consent({
    customer: key,
    purpose: playbook.purpose,
    channel: null,
    isAutomatedOffer: playbook.offer !== null,
    marks: state.facts.consent,
  });
}

/** `tier/stage`, for effects by segment. */
export function segmentOf(score: { tier: string | null; stage: string | null } | null): string {
  return `${score?.tier ?? '-'}/${score?.stage ?? '-'}`;
}
