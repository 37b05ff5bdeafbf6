import type { PlaybookRule } from '../../services/core/playbooks/playbook-document.ts';
import type { EpochMs } from '../../services/core/units.ts';
import type { CareLedger } from './care-ledger.ts';
import type { CarePlan } from './care-plan.ts';

const hourMs = 3_600_000;

/** What the customer said against a purpose, on a channel or on all; null where nothing. */
export function refusalIn(ledger: CareLedger, { purpose, offer }: PlaybookRule, channel: string | null): string | null {
  if (purpose === 'service') return null;
  const words = [purpose, 'all', ...(offer === null ? [] : ['automated-offers'])];
  for (const [key, isGranted] of ledger.said) {
    const [word = '', on = ''] = key.split('|');
    if (!isGranted && words.includes(word) && (on === '' || on === channel)) return `${word}-refused`;
  }
  return null;
}

/** Whether the customer has peace from a playbook now, but for its own rest. */
export function isInPeace({ now, leaveAloneUntil, complaints }: CareLedger, { purpose }: PlaybookRule): boolean {
  if (purpose === 'service') return false;
  return (leaveAloneUntil !== null && leaveAloneUntil > now) || (purpose === 'marketing' && complaints.size > 0);
}

/** Why a playbook may not begin: `later` for what passes, else what is final; null where it may. */
export function whyNot(ledger: CareLedger, playbook: PlaybookRule, trigger: string): string | null {
  const { restUntil = null } = ledger.triggers.get(trigger) ?? {};
  if (ledger.openTask(trigger) !== undefined || (restUntil ?? 0) > ledger.now) return 'later';
  if (isInPeace(ledger, playbook)) return 'later';
  return refusalIn(ledger, playbook, null) === null ? null : 'refused';
}

/** The hour from which on a message may go out as far as hours and caps go: each one is looked at. */
export function nextContactHour(
  { contacts, now }: CareLedger,
  plan: CarePlan,
  { purpose, channel }: { readonly purpose: PlaybookRule['purpose']; readonly channel: string },
): EpochMs {
  const caps = plan.document.contact.caps.filter(
    (cap) => cap.purposes.includes(purpose) && (cap.channel === null || cap.channel === channel),
  );
  for (let hour = now; ; hour += hourMs) {
    if (!plan.isContactHour(hour)) continue;
    const isFull = caps.some((cap) => {
      const since = hour - plan.length(cap.within);
      const counted = contacts.filter(
        (each) =>
          each.at > since &&
          cap.purposes.some((one) => one === each.purpose) &&
          (cap.channel === null || cap.channel === each.channel),
      );
      return counted.length >= cap.most;
    });
    if (!isFull) return hour;
  }
}
