import type { CellName } from '../cells.ts';
import type { KpiRules } from '../kpi-rules.ts';
import { answerPoints, numberIn, textIn } from './answer-score.ts';
import { type CustomerView, type DatedEvent, isLapsedStage, isOrder, placeWhenScored } from './customer-view.ts';
import type { Tally } from './tally.ts';

type Amounts = Partial<Record<CellName, number>>;

/** What events add one by one, and changes of stage. */
export function eventTallies(view: CustomerView, rules: KpiRules): readonly Tally[] {
  const tallies: Tally[] = [];
  for (const event of view.events) {
    const { day, channel, region, store } = event;
    const own = { channel, region, store, staff: textIn(event, 'staff'), campaign: textIn(event, 'campaignId') };
    const place = { ...placeWhenScored(view, event), ...own };
    for (const [cell, by] of Object.entries(amountsOf(event, rules))) {
      tallies.push({ day, cell: cell as CellName, by, place });
    }
  }
  return [...tallies, ...lapses(view), ...flows(view)];
}

function amountsOf(event: DatedEvent, rules: KpiRules): Amounts {
  const money = event.amountMinor ?? 0;
  switch (event.type) {
    case 'order.placed':
      return isOrder(event) ? { orders: 1, order_minor: money, revenue_minor: money } : { revenue_minor: money };
    case 'order.cancelled':
    case 'order.returned':
      return { revenue_minor: -Math.abs(money) };
    case 'service.subscribed':
    case 'service.upgraded':
      return { value_added_minor: goesDown(event) ? 0 : Math.max(0, money) };
    case 'social.mentioned':
      return { mentions: 1 };
    case 'contract.ended':
      return { contracts_due: 1 };
    case 'visit.made':
      return { contacts_sent: 1, contacts_personal: 1 };
    case 'contact.sent':
      return { contacts_sent: 1, contacts_personal: isPersonal(event) ? 1 : 0 };
    case 'offer.shown':
      return { offers_shown: 1, cross_sell_shown: isCrossSell(event, rules) ? 1 : 0 };
    case 'offer.accepted':
      return { offers_accepted: 1, cross_sell_accepted: isCrossSell(event, rules) ? 1 : 0 };
    case 'survey.answered':
      return { ...scoreAmounts(event, rules), ...trustAmounts(event) };
    default:
      return {};
  }
}

/** Whether a service is changed to a lesser one, as it says itself or by its levels. */
function goesDown(event: DatedEvent): boolean {
  if (event.type !== 'service.upgraded') return false;
  const said = textIn(event, 'direction').toLowerCase();
  if (said.startsWith('up') || said.startsWith('升')) return false;
  return (
    said.startsWith('down') || said.startsWith('降') || numberIn(event, 'level') < numberIn(event, 'previousLevel')
  );
}

function isPersonal(event: DatedEvent): boolean {
  return ['call', 'visit'].includes(event.channel ?? '') || textIn(event, 'personal').toLowerCase() === 'true';
}

export function isCrossSell(event: DatedEvent, { crossSellWords }: KpiRules): boolean {
  const kind = textIn(event, 'offerKind').toLowerCase();
  return crossSellWords.some((word) => kind.includes(word));
}

function scoreAmounts(event: DatedEvent, { onlineChannels }: KpiRules): Amounts {
  const answer = answerPoints(event);
  if (answer === null) return {};
  const { kind, points } = answer;
  if (kind === 'nps') {
    return { nps_answers: 1, nps_promoters: points >= 9 ? 1 : 0, nps_detractors: points <= 6 ? 1 : 0 };
  }
  if (kind === 'ces') return { ces_answers: 1, ces_points: points };
  // Of 1 to 5 in points of 100, a 4 is 75.
  const satisfied = points >= 75 ? 1 : 0;
  const about = textIn(event, 'aboutChannel').toLowerCase() || (event.channel ?? '');
  const online = onlineChannels.has(about) ? 1 : 0;
  return {
    csat_answers: 1, csat_satisfied: satisfied, csat_points: points,
    csat_online_answers: online, csat_online_satisfied: online * satisfied,
  }; // prettier-ignore
}

function trustAmounts(event: DatedEvent): Amounts {
  const given = numberIn(event, 'dimensions.trust');
  return given >= 1 && given <= 5 ? { trust_answers: 1, trust_points: Math.round((100 * (given - 1)) / 4) } : {};
}

/** A customer becomes lapsed, or comes back, on the last day that the standing which says so includes. */
function lapses({ standings }: CustomerView): readonly Tally[] {
  return standings.slice(1).flatMap((now, i): readonly Tally[] => {
    const before = standings[i];
    const isLapsed = isLapsedStage(now.stage);
    if (isLapsedStage(before.stage) === isLapsed) return [];
    const cell = isLapsed ? 'lapsed_entries' : 'lapsed_returns';
    return [{ day: now.asOf - 1, cell, by: 1, place: { tier: before.tier } }];
  });
}

/** Into a stage and out of the one before, by each pair of standings that follow each other; the first has none before. */
function flows({ standings }: CustomerView): readonly Tally[] {
  return standings.flatMap((now, i): readonly Tally[] => {
    const left = i === 0 ? null : standings[i - 1].stage;
    if (left === now.stage) return [];
    const into: readonly Tally[] =
      now.stage === null ? [] : [{ day: now.asOf - 1, cell: 'stage_entries', by: 1, place: { stage: now.stage } }];
    const outOf: readonly Tally[] =
      left === null ? [] : [{ day: now.asOf - 1, cell: 'stage_exits', by: 1, place: { stage: left } }];
    return [...into, ...outOf];
  });
}
