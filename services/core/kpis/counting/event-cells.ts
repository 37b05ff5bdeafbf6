import { numberOf, wordOf } from '../../features/signals/attribute-of.ts';
import { readDirection } from '../../features/signals/read-direction.ts';
import { readSurveyScore, type SurveyScore } from '../../features/signals/read-score.ts';
import type { CellName } from '../cells.ts';
import type { KpiFact } from '../kpi-fact.ts';
import type { KpiRules } from '../kpi-rules.ts';

/** Points out of 100 from which an answer is a 4 or 5 of 5. */
const satisfiedFrom = 75;
const promoterFrom = 9;
const mostOfDetractor = 6;

export type PlainCell = readonly [cell: CellName, by: number];

/** What an event adds by itself, whatever else its customer did. */
export function eventCells(fact: KpiFact, rules: KpiRules): readonly PlainCell[] {
  const amount = fact.amountMinor ?? 0;
  switch (fact.type) {
    case 'order.placed':
      return isOrder(fact)
        ? [['orders', 1], ['order_minor', amount], ['revenue_minor', amount]] // prettier-ignore
        : [['revenue_minor', amount]];
    case 'order.cancelled':
    case 'order.returned':
      return [['revenue_minor', -Math.abs(amount)]];
    case 'service.subscribed':
    case 'service.upgraded':
      return isDown(fact) ? [] : [['value_added_minor', amount]];
    case 'survey.answered':
      return answerCells(fact, rules);
    case 'offer.shown':
    case 'offer.accepted':
      return offerCells(fact, rules);
    case 'contact.sent':
    case 'visit.made':
      return [['contacts_sent', 1], ['contacts_personal', isPersonal(fact) ? 1 : 0]]; // prettier-ignore
    case 'social.mentioned':
      return [['mentions', 1]];
    case 'contract.ended':
      return [['contracts_due', 1]];
    default:
      return [];
  }
}

/** A step down, or money going back, sells nothing. */
function isDown(fact: KpiFact): boolean {
  const { attributes, amountMinor } = fact;
  return (amountMinor ?? 0) < 0 || readDirection({ attributes, reportingAmountMinor: amountMinor }) < 0;
}

/** Placed, and not money going back; an order that is free or names no amount is an order. */
export function isOrder({ type, amountMinor }: Pick<KpiFact, 'type' | 'amountMinor'>): boolean {
  return type === 'order.placed' && (amountMinor ?? 0) >= 0;
}

export function isCrossSell(fact: KpiFact, { crossSellWords }: KpiRules): boolean {
  const kind = wordOf(fact, 'offerKind');
  return crossSellWords.some((word) => kind.includes(word));
}

function offerCells(fact: KpiFact, rules: KpiRules): readonly PlainCell[] {
  const isShown = fact.type === 'offer.shown';
  const all: PlainCell = [isShown ? 'offers_shown' : 'offers_accepted', 1];
  return isCrossSell(fact, rules) ? [all, [isShown ? 'cross_sell_shown' : 'cross_sell_accepted', 1]] : [all];
}

/** By a person, or made out for this one customer. */
function isPersonal(fact: KpiFact): boolean {
  const { type, channel } = fact;
  return type === 'visit.made' || channel === 'call' || channel === 'visit' || wordOf(fact, 'personal') === 'true';
}

function answerCells(fact: KpiFact, { onlineChannels }: KpiRules): readonly PlainCell[] {
  const trust = trustCells(fact);
  const score = readSurveyScore(fact);
  if (score === null) return trust;
  const kind = wordOf(fact, 'surveyKind');
  if (score.kind === 'nps') return [...promoterCells(score), ...trust];
  if (kind.includes('ces')) return [['ces_answers', 1], ['ces_points', score.points], ...trust]; // prettier-ignore
  const satisfied = score.points >= satisfiedFrom ? 1 : 0;
  const cells: PlainCell[] = [['csat_answers', 1], ['csat_satisfied', satisfied], ['csat_points', score.points]]; // prettier-ignore
  const about = wordOf(fact, 'aboutChannel');
  const channel = about === '' ? fact.channel : about;
  if (channel !== null && onlineChannels.has(channel)) {
    cells.push(['csat_online_answers', 1], ['csat_online_satisfied', satisfied]);
  }
  return [...cells, ...trust];
}

function promoterCells({ points }: SurveyScore): readonly PlainCell[] {
  return [
    ['nps_answers', 1],
    ['nps_promoters', points >= promoterFrom ? 1 : 0],
    ['nps_detractors', points <= mostOfDetractor ? 1 : 0],
  ];
}

/** The dimension of brand trust, on 1 to 5. */
function trustCells(fact: KpiFact): readonly PlainCell[] {
  const trust = numberOf(fact, 'dimensions.trust');
  if (trust === null || trust < 1 || trust > 5) return [];
  return [['trust_answers', 1], ['trust_points', Math.round(25 * (trust - 1))]]; // prettier-ignore
}
