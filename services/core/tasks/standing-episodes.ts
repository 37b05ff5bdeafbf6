import type { ServedPlaybook } from '../playbooks/served-playbook.ts';
import type { EpochMs } from '../units.ts';
import { nextCareDay } from './care-day.ts';
import { findMute } from './find-mute.ts';
import { isFor } from './is-for.ts';
import { auditWithheld } from './level-episode.ts';
import { openTask } from './open-task.ts';
import type { TaskDraft } from './task-draft.ts';
import { isFinal } from './task-status.ts';

/*
 * Playbooks that begin because of where a customer stands: in a stage or tier, silent for some time, on a day of the year,
 * or after another playbook came to nothing. They are looked at after every record and whenever their time has come, so a
 * playbook that was muted begins once the mute has passed, if the customer still stands there.
 */

/** When a playbook begins if nothing comes; null where another record has to come first. */
export function standingDueAt(draft: TaskDraft, playbook: ServedPlaybook): EpochMs | null {
  const base = standsAt(draft, playbook);
  if (base === null || !isFor(draft, playbook)) return null;
  const task = draft.task(playbook.trigger);
  if (task !== undefined && !isFinal(task.status)) return null;
  const { leaveAloneUntil } = draft.state.facts;
  if (playbook.purpose === 'marketing' && draft.hasOpenComplaint) return null;
  const alone = playbook.purpose === 'service' ? 0 : (leaveAloneUntil ?? 0);
  return Math.max(base, draft.trigger(playbook.trigger).cooldownUntil ?? 0, alone);
}

/** Opens what is due by now. */
export function openOnStanding(draft: TaskDraft): void {
  for (const playbook of draft.rules.onStanding) {
    const due = standingDueAt(draft, playbook);
    if (due !== null && due <= draft.at) begin(draft, playbook);
  }
}

function begin(draft: TaskDraft, playbook: ServedPlaybook): void {
  const mute = findMute(draft, playbook);
  if (mute === null) {
    openTask(draft, playbook, { cause: null, considered: [] });
    return;
  }
  const cause = `${playbook.id}:${draft.at}`;
  draft.setTrigger(playbook.trigger, { lastOpenedAt: draft.at });
  auditWithheld(draft, playbook, mute, cause);
}

/** When the customer's standing itself asks for the next episode. */
function standsAt(draft: TaskDraft, playbook: ServedPlaybook): EpochMs | null {
  const { liveSince } = draft.state.facts;
  if (liveSince === null) return null;
  switch (playbook.on.on) {
    case 'stage':
    case 'tier':
      return placedAt(draft, playbook, liveSince);
    case 'silence':
      return silentAt(draft, playbook, liveSince);
    case 'date':
      return onDay(draft, playbook, liveSince);
    case 'without-result':
      return withoutResultAt(draft, playbook);
    default:
      return null;
  }
}

function placedAt(draft: TaskDraft, { on, trigger, periodMs }: ServedPlaybook, liveSince: EpochMs): EpochMs | null {
  if (on.on !== 'stage' && on.on !== 'tier') return null;
  const [scheme, names] = on.on === 'stage' ? [on.machine, on.enters] : [on.scheme, on.in];
  const standing = draft.state.facts.standings.find(
    (each) => each.kind === on.on && each.scheme === scheme && names.includes(each.name),
  );
  if (standing === undefined) return null;
  const { lastOpenedAt } = draft.trigger(trigger);
  if (lastOpenedAt !== null && lastOpenedAt >= standing.since)
    return periodMs === null ? null : lastOpenedAt + periodMs;
  // Whoever stood there before we looked on did not enter just now.
  if (standing.since < liveSince) return periodMs === null ? null : liveSince + periodMs;
  return standing.since;
}

function silentAt(draft: TaskDraft, { on, trigger, periodMs }: ServedPlaybook, liveSince: EpochMs): EpochMs | null {
  if (on.on !== 'silence' || periodMs === null) return null;
  const { lastPurchaseAt, lastContactAt } = draft.state.facts;
  const last = on.since === 'purchase' ? lastPurchaseAt : lastContactAt;
  if (last === null) return null;
  const due = Math.max(last, liveSince) + periodMs;
  const { lastOpenedAt } = draft.trigger(trigger);
  return lastOpenedAt !== null && lastOpenedAt >= due ? lastOpenedAt + periodMs : due;
}

function onDay(draft: TaskDraft, { on, trigger }: ServedPlaybook, liveSince: EpochMs): EpochMs | null {
  if (on.on !== 'date') return null;
  const date = draft.state.facts.dates.find(({ field }) => field === on.field);
  if (date === undefined) return null;
  const { calendar, contactHours } = draft.rules;
  const { lastOpenedAt } = draft.trigger(trigger);
  const known = calendar.dayOf(Math.max(date.since, liveSince));
  // A day that passed while the customer was to be left alone is not made up for.
  const earliest = Math.max(known, calendar.dayOf(draft.at));
  const from = lastOpenedAt === null ? earliest : Math.max(earliest, calendar.dayOf(lastOpenedAt) + 1);
  return contactHours.nextAllowed(calendar.startOf(nextCareDay(date.day, from)));
}

function withoutResultAt(draft: TaskDraft, { on, trigger }: ServedPlaybook): EpochMs | null {
  if (on.on !== 'without-result') return null;
  const other = draft.rules.playbooks.get(on.of);
  if (other === undefined) return null;
  const { endedAt } = draft.trigger(other.trigger);
  const task = draft.task(other.trigger);
  // A task that is open has no result yet, whatever became of the one before it.
  if (endedAt === null || task === undefined || !isFinal(task.status)) return null;
  if (task.status === 'retracted' || task.arm === 'holdout') return null;
  if (task.outcome?.result === 'kept' || task.outcome?.result === 'purchased') return null;
  const { lastOpenedAt } = draft.trigger(trigger);
  return lastOpenedAt !== null && lastOpenedAt >= endedAt ? null : endedAt;
}
