import type { EpochDay } from '../../units.ts';
import type { CustomerLedger, OrderEntry, Parcel } from '../customer-ledger.ts';
import type { KpiRules } from '../kpi-rules.ts';
import type { DatedCell } from './cell-changes.ts';
import { firstOrderDay } from './order-book.ts';

/*
 * What counts only together with something else of the same customer, whichever of the two comes first. Each function
 * tells all of it anew from the ledger; what changed is the difference.
 */

const none = {} as const;
const answeredWithinDays = 3;
const renewedWithinDays = 90;

/** Someone known before their first order: when they became known, and when they ordered. */
export function potentialCells(ledger: CustomerLedger): readonly DatedCell[] {
  const { firstSeen } = ledger;
  const first = firstOrderDay(ledger);
  if (firstSeen === null || (first !== null && first <= firstSeen)) return [];
  const entry: DatedCell = { day: firstSeen, cell: 'potential_entries', by: 1, slices: none };
  return first === null ? [entry] : [entry, { day: first, cell: 'potential_conversions', by: 1, slices: none }];
}

/** Orders within the days of attribution after an accepted cross-sell offer, that day included. */
export function crossSellCells(
  { accepts, orders }: CustomerLedger,
  { attributionDays }: KpiRules,
): readonly DatedCell[] {
  if (accepts.length === 0) return [];
  const isAttributed = ({ day }: OrderEntry): boolean =>
    accepts.some((accepted) => accepted <= day && day <= accepted + attributionDays);
  return orders.filter(isAttributed).map(({ day, minor, channel, region, store }) => {
    return { day, cell: 'cross_sell_minor', by: minor, slices: { channel, region, store } };
  });
}

export function mentionCells({ mentions, replies }: CustomerLedger): readonly DatedCell[] {
  const answered = (day: EpochDay): boolean =>
    replies.some((reply) => reply >= day && reply <= day + answeredWithinDays);
  return mentions.filter(answered).map((day) => ({ day, cell: 'mentions_answered', by: 1, slices: none }));
}

export function contractCells({ contractsEnded, contractsSigned }: CustomerLedger): readonly DatedCell[] {
  const isRenewed = (ended: EpochDay): boolean =>
    contractsSigned.some((signed) => Math.abs(signed - ended) <= renewedWithinDays);
  return contractsEnded.filter(isRenewed).map((day) => ({ day, cell: 'contracts_renewed', by: 1, slices: none }));
}

export function campaignCells(
  { campaigns, orders }: CustomerLedger,
  { attributionDays }: KpiRules,
): readonly DatedCell[] {
  return campaigns.flatMap(({ campaign, day }): readonly DatedCell[] => {
    const slices = { campaign };
    const reached: DatedCell = { day, cell: 'campaign_reached', by: 1, slices };
    const isConverted = orders.some((order) => order.day >= day && order.day <= day + attributionDays);
    return isConverted ? [reached, { day, cell: 'campaign_converted', by: 1, slices }] : [reached];
  });
}

/** An order whose placing and fulfilment are both known, on the day it was fulfilled. */
export function parcelCells({ parcels }: CustomerLedger, { dayOf }: KpiRules): readonly DatedCell[] {
  return parcels.flatMap(({ placedAt, fulfilledAt }: Parcel): readonly DatedCell[] => {
    if (placedAt === null || fulfilledAt === null) return [];
    const day = dayOf(fulfilledAt);
    return [
      { day, cell: 'orders_fulfilled', by: 1, slices: none },
      { day, cell: 'order_processing_ms', by: Math.max(0, fulfilledAt - placedAt), slices: none },
    ];
  });
}

export function derivedCells(ledger: CustomerLedger, rules: KpiRules): readonly DatedCell[] {
  return [
    ...potentialCells(ledger),
    ...crossSellCells(ledger, rules),
    ...mentionCells(ledger),
    ...contractCells(ledger),
    ...campaignCells(ledger, rules),
    ...parcelCells(ledger, rules),
  ];
}
