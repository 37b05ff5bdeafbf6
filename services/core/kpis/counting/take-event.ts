import { textOf } from './text-of.ts';
import type { EpochDay, EpochMs } from '../../units.ts';
import { type CustomerLedger, keptDays, monthFlags } from '../customer-ledger.ts';
import type { KpiFact } from '../kpi-fact.ts';
import type { KpiRules } from '../kpi-rules.ts';
import { monthOf } from '../period.ts';
import { dayBit } from './customer-cells.ts';
import { isCrossSell, isOrder } from './event-cells.ts';
import { enterOrder } from './order-book.ts';

/** Types that are done to a customer, or around them: they make nobody active. */
const doneToThem: ReadonlySet<string> = new Set([
  'order.fulfilled', 'order.delayed', 'contact.sent', 'contact.delivered', 'survey.sent', 'offer.shown', 'case.responded',
  'case.progressed', 'case.resolved', 'case.followed_up', 'case.closed', 'contract.ended', 'contract.milestone',
  'member.level_changed', 'points.earned', 'customer.upserted', 'tag.assigned', 'opportunity.moved',
]); // prettier-ignore

/** Enters an event, or its being taken back, into the books of its customer. */
export function takeEvent(ledger: CustomerLedger, fact: KpiFact, rules: KpiRules): void {
  const day = rules.dayOf(fact.at);
  const isTaken = fact.sign < 0;
  if (!isTaken) ledger.firstSeen = Math.min(ledger.firstSeen ?? day, day);
  if (isOrder(fact)) {
    const { channel, region, store } = fact;
    const entry = { place: { channel, region, store }, count: fact.sign, minor: fact.sign * (fact.amountMinor ?? 0) };
    enterOrder(ledger, day, entry);
  } else if (!isTaken && !doneToThem.has(fact.type)) markMonth(ledger, day, { isActive: true, flag: 0 });
  if (!isTaken) markMonth(ledger, day, { isActive: false, flag: flagOf(fact.type) });
  takeParcel(ledger, fact);
  takeDays(ledger, fact, { day, rules });
}

function flagOf(type: string): number {
  switch (type) {
    case 'survey.sent':
      return monthFlags.asked;
    case 'order.fulfilled':
    case 'case.followed_up':
      return monthFlags.entitled;
    case 'lead.captured':
      return monthFlags.lead;
    case 'opportunity.moved':
    case 'contract.signed':
      return monthFlags.won;
    default:
      return 0;
  }
}

function markMonth(
  { months }: CustomerLedger,
  day: EpochDay,
  { isActive, flag }: { readonly isActive: boolean; readonly flag: number },
): void {
  if (!isActive && flag === 0) return;
  const month = monthOf(day);
  let found = months.find((each) => each.month === month);
  if (found === undefined) {
    found = { month, days: 0, flags: 0 };
    months.push(found);
    months.sort((one, other) => one.month - other.month);
  }
  found.flags |= flag;
  if (isActive) found.days |= dayBit(day);
}

function takeParcel({ parcels }: CustomerLedger, fact: KpiFact): void {
  const isPlaced = isOrder(fact);
  if (!isPlaced && fact.type !== 'order.fulfilled') return;
  const orderId = textOf(fact, 'orderId');
  if (orderId === null) return;
  let parcel = parcels.find((each) => each.orderId === orderId);
  if (parcel === undefined) {
    parcel = { orderId, placedAt: null, fulfilledAt: null };
    parcels.push(parcel);
  }
  if (isPlaced) parcel.placedAt = firstTime(parcel.placedAt, fact);
  else parcel.fulfilledAt = firstTime(parcel.fulfilledAt, fact);
}

/** Of several orders under one number the first one counts, whichever comes first. */
function firstTime(known: EpochMs | null, { at, sign }: KpiFact): EpochMs | null {
  if (sign < 0) return known === at ? null : known;
  return known === null ? at : Math.min(known, at);
}

function takeDays(
  ledger: CustomerLedger,
  fact: KpiFact,
  { day, rules }: { readonly day: EpochDay; readonly rules: KpiRules },
): void {
  if (fact.type === 'offer.accepted' && isCrossSell(fact, rules)) enterDay(ledger.accepts, day, fact.sign);
  if (fact.type === 'social.mentioned') enterDay(ledger.mentions, day, fact.sign);
  if (fact.type === 'contact.sent' && fact.channel === 'social') enterDay(ledger.replies, day, fact.sign);
  if (fact.type === 'contract.ended') enterDay(ledger.contractsEnded, day, fact.sign);
  if (fact.type === 'contract.signed') enterDay(ledger.contractsSigned, day, fact.sign);
  const campaign = textOf(fact, 'campaignId');
  if (campaign === null || fact.sign < 0 || !reaches(fact.type)) return;
  const found = ledger.campaigns.find((each) => each.campaign === campaign);
  if (found === undefined) ledger.campaigns.push({ campaign, day });
  else found.day = Math.min(found.day, day);
}

/** A campaign reaches a customer by a contact, by what is shown to them, or by their joining it. */
function reaches(type: string): boolean {
  return type === 'contact.sent' || type === 'campaign.joined' || type === 'offer.shown';
}

function enterDay(days: EpochDay[], day: EpochDay, sign: number): void {
  if (sign > 0) {
    days.push(day);
    days.sort((one, other) => one - other);
    return;
  }
  const i = days.indexOf(day);
  if (i >= 0) days.splice(i, 1);
}

/** Drops what is oldest of the lists that could grow for ever; what it added to the cells stays there. */
export function trimLedger(ledger: CustomerLedger): void {
  for (const days of [ledger.accepts, ledger.mentions, ledger.replies, ledger.contractsEnded, ledger.contractsSigned]) {
    if (days.length > keptDays) days.splice(0, days.length - keptDays);
  }
  if (ledger.parcels.length > keptDays) ledger.parcels.splice(0, ledger.parcels.length - keptDays);
  if (ledger.campaigns.length > keptDays) ledger.campaigns.splice(0, ledger.campaigns.length - keptDays);
}
