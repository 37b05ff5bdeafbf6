import type { ConsentMark, CustomerRecord } from '../events/customer-record.ts';
import { takesMoneyBack } from '../events/takes-money-back.ts';
import { attributeOf, wordOf } from '../features/signals/attribute-of.ts';
import { readCareDay } from './care-day.ts';
import type { CareDate } from './customer-facts.ts';
import type { TaskDraft } from './task-draft.ts';

/** Both sides have been in touch. */
const contactTypes: ReadonlySet<string> = new Set([
  'contact.received', 'contact.sent', 'visit.made', 'case.opened', 'case.responded', 'case.followed_up', 'survey.answered',
  'interview.recorded', 'event.attended', 'suggestion.received',
]); // prettier-ignore
const maxConsentMarks = 32;

/** What an event tells of the customer. Times that step back change no newer fact. */
export function learnFromEvent(draft: TaskDraft, event: CustomerRecord): void {
  const { facts } = draft.state;
  const { type, occurredAt } = event;
  if (type === 'order.placed') {
    draft.learn({ lastPurchaseAt: Math.max(facts.lastPurchaseAt ?? 0, occurredAt) });
    if (!event.historical) countPurchase(draft, event, 1);
  }
  if (takesMoneyBack(type) && !event.historical) countPurchase(draft, event, 0);
  if (contactTypes.has(type)) draft.learn({ lastContactAt: Math.max(facts.lastContactAt ?? 0, occurredAt) });
  learnConsent(draft, event);
  learnDates(draft, event);
  learnAttributes(draft, event);
}

/** A purchase counts in every window that it falls into. */
function countPurchase(draft: TaskDraft, event: CustomerRecord, count: number): void {
  const amount = event.reportingAmountMinor ?? 0;
  for (const { trigger, windows, tasks } of draft.state.triggers) {
    const counted = windows.map((each) => {
      const opened = tasks.find(({ taskId }) => taskId === each.taskId)?.createdAt ?? Infinity;
      const isWithin = event.receivedAt >= opened && event.receivedAt < each.until;
      if (!isWithin) return each;
      return { ...each, purchases: each.purchases + count, revenueMinor: each.revenueMinor + amount };
    });
    if (windows.length > 0) draft.setTrigger(trigger, { windows: counted });
  }
}

function learnConsent(draft: TaskDraft, event: CustomerRecord): void {
  const said = [...event.consent, ...saidOf(event)];
  if (said.length > 0) {
    const isSame = (one: ConsentMark, other: ConsentMark) =>
      one.purpose === other.purpose && one.channel === other.channel;
    const before = draft.state.facts.consent.filter((each) => !said.some((mark) => isSame(each, mark)));
    draft.learn({ consent: [...before, ...said].slice(-maxConsentMarks) });
  }
  const until = attributeOf(event, 'doNotContactUntil');
  if (event.type === 'preference.changed' && typeof until === 'string') {
    const at = Date.parse(until);
    draft.learn({ leaveAloneUntil: Number.isNaN(at) ? draft.state.facts.leaveAloneUntil : at });
  }
}

function saidOf(event: CustomerRecord): readonly ConsentMark[] {
  if (event.type === 'preference.changed') {
    const automated = attributeOf(event, 'automatedOffers');
    return typeof automated === 'boolean' ? [{ purpose: 'automated-offers', channel: null, granted: automated }] : [];
  }
  const granted = attributeOf(event, 'granted');
  const purpose = wordOf(event, 'purpose');
  if (event.type !== 'consent.changed' || typeof granted !== 'boolean' || purpose === '') return [];
  const channel = wordOf(event, 'channel');
  return [{ purpose, channel: channel === '' ? null : channel, granted }];
}

/** Of the profile only what playbooks ask for; personal fields are sealed, so they are never among it. */
function learnAttributes(draft: TaskDraft, event: CustomerRecord): void {
  if (event.type !== 'customer.upserted') return;
  for (const name of draft.rules.attributes) {
    const value = attributeOf(event, name);
    const { attributes } = draft.state.facts;
    if (value !== null && attributes[name] !== String(value)) {
      draft.learn({ attributes: { ...attributes, [name]: String(value) } });
    }
  }
}

function learnDates(draft: TaskDraft, event: CustomerRecord): void {
  for (const [field, name] of [
    ['birthday', 'birthday'],
    ['care-date', 'careDate'],
  ] as const) {
    const value = attributeOf(event, name);
    const day = typeof value === 'string' ? readCareDay(value) : null;
    if (day === null || event.type !== 'customer.upserted') continue;
    const { dates } = draft.state.facts;
    if (dates.some((each) => each.field === field && each.day === day)) continue;
    const date: CareDate = { field, day, since: draft.at };
    draft.learn({ dates: [...dates.filter((each) => each.field !== field), date] });
  }
}
