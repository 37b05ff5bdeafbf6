import type { EpochDay } from '../../units.ts';
import type { CellName } from '../cells.ts';
import type { KpiRules } from '../kpi-rules.ts';
import { textIn } from './answer-score.ts';
import type { CustomerView, DatedEvent } from './customer-view.ts';
import { isCrossSell } from './event-tallies.ts';
import type { Tally } from './tally.ts';

const replyDays = 3;
const renewalDays = 90;
const reachingTypes = ['contact.sent', 'campaign.joined', 'offer.shown'];

/** What counts because of something else of the same customer. */
export function linkedTallies(view: CustomerView, rules: KpiRules): readonly Tally[] {
  return [
    ...potential(view),
    ...crossSold(view, rules),
    ...mentions(view),
    ...renewals(view),
    ...campaigns(view, rules),
    ...deliveries(view, rules),
  ];
}

function one(day: EpochDay, cell: CellName, place: Tally['place'] = {}): Tally {
  return { day, cell, by: 1, place };
}

function ofType({ events }: CustomerView, type: string): readonly DatedEvent[] {
  return events.filter((event) => event.type === type);
}

/** Known on a day before the first order, or without any. */
function potential({ heard, orders }: CustomerView): readonly Tally[] {
  if (heard.length === 0) return [];
  const known = Math.min(...heard.map(({ day }) => day));
  if (orders.length === 0) return [one(known, 'potential_entries')];
  const [{ day: ordered }] = orders;
  return known < ordered ? [one(known, 'potential_entries'), one(ordered, 'potential_conversions')] : [];
}

function crossSold(view: CustomerView, rules: KpiRules): readonly Tally[] {
  const accepted = ofType(view, 'offer.accepted').filter((event) => isCrossSell(event, rules));
  return view.orders
    .filter(({ day }) => accepted.some((offer) => day >= offer.day && day - offer.day <= rules.attributionDays))
    .map(({ day, amountMinor, channel, region, store }) => {
      return { day, cell: 'cross_sell_minor', by: amountMinor ?? 0, place: { channel, region, store } };
    });
}

function mentions(view: CustomerView): readonly Tally[] {
  const replies = ofType(view, 'contact.sent').filter(({ channel }) => channel === 'social');
  return ofType(view, 'social.mentioned')
    .filter(({ day }) => replies.some((reply) => reply.day >= day && reply.day - day <= replyDays))
    .map(({ day }) => one(day, 'mentions_answered'));
}

function renewals(view: CustomerView): readonly Tally[] {
  const signed = ofType(view, 'contract.signed');
  return ofType(view, 'contract.ended')
    .filter(({ day }) => signed.some((each) => each.day >= day - renewalDays && each.day <= day + renewalDays))
    .map(({ day }) => one(day, 'contracts_renewed'));
}

function campaigns({ heard, orders }: CustomerView, { attributionDays }: KpiRules): readonly Tally[] {
  const reaching = heard.filter((event) => reachingTypes.includes(event.type));
  const names = new Set(reaching.map((event) => textIn(event, 'campaignId')).filter((name) => name !== ''));
  return [...names].flatMap((campaign) => {
    const days = reaching.filter((event) => textIn(event, 'campaignId') === campaign).map(({ day }) => day);
    const first = Math.min(...days);
    const isConverted = orders.some(({ day }) => day >= first && day <= first + attributionDays);
    const reached = one(first, 'campaign_reached', { campaign });
    return isConverted ? [reached, one(first, 'campaign_converted', { campaign })] : [reached];
  });
}

/** An order number that was placed and fulfilled, on the day of the fulfilment; of several under it the first counts. */
function deliveries(view: CustomerView, { dayOf }: KpiRules): readonly Tally[] {
  const fulfilled = ofType(view, 'order.fulfilled');
  const numbers = new Set(fulfilled.map((event) => textIn(event, 'orderId')).filter((id) => id !== ''));
  return [...numbers].flatMap((id): readonly Tally[] => {
    const times = (events: readonly DatedEvent[]): readonly number[] =>
      events.filter((event) => textIn(event, 'orderId') === id).map(({ at }) => at);
    const placed = times(view.orders);
    if (placed.length === 0) return [];
    const doneAt = Math.min(...times(fulfilled));
    const took = Math.max(0, doneAt - Math.min(...placed));
    const day = dayOf(doneAt);
    return [one(day, 'orders_fulfilled'), { day, cell: 'order_processing_ms', by: took, place: {} }];
  });
}
