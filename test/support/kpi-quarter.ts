import type { Attribute, CustomerRecord } from '../../services/core/events/customer-record.ts';
import { retractionRecord } from '../../services/core/events/retraction-record.ts';
import { createRandom, type Random } from '../../simulator/random.ts';
import { aRecord } from './builders.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

export interface KpiQuarterOptions {
  readonly seed: number;
  readonly customers: number;
  /** First instant, and the first one after it. */
  readonly from: number;
  readonly until: number;
}

interface Deed {
  readonly at: number;
  readonly type: string;
  readonly channel?: string;
  readonly amount?: number;
  readonly attributes?: Readonly<Record<string, Attribute['value']>>;
}

/**
 * Records of customers who do all that KPIs read, in the order in which they come in: mostly as they happen, some days
 * late, one in fifty twice, and one in forty is taken back. The same options give the same records.
 */
export function kpiQuarter(options: KpiQuarterOptions): readonly CustomerRecord[] {
  const arrivals: { readonly comesAt: number; readonly record: CustomerRecord }[] = [];
  for (let customer = 0; customer < options.customers; customer += 1) {
    const random = createRandom(options.seed, `kpi quarter ${customer}`);
    const surrogate = (0x1000 + customer).toString(16).padStart(4, '0').repeat(8);
    const region = random.pick([null, 'north', 'south']);
    for (const [i, deed] of lifeOf(options, random, customer).entries()) {
      const record = toRecord(deed, { eventId: `${customer}-${i}`, surrogate, region, store: random.pick([null, 's-1', 's-2']) }); // prettier-ignore
      const comesAt = deed.at + (random.chance(0.06) ? random.integer(1, 9) * dayMs : 1000);
      arrivals.push({ comesAt, record: { ...record, receivedAt: comesAt } });
      if (random.chance(0.02)) arrivals.push({ comesAt: comesAt + hourMs, record: { ...record, receivedAt: comesAt } });
      if (random.chance(0.025)) arrivals.push({ comesAt: comesAt + 2 * dayMs, record: takenBack(record, comesAt) });
    }
  }
  return arrivals.toSorted((one, other) => one.comesAt - other.comesAt).map(({ record }) => record);
}

function takenBack(record: CustomerRecord, comesAt: number): CustomerRecord {
  const remainder = { purchaseDayHeld: false, firstDay: null };
  const original = { ...record, receivedAt: comesAt };
  return retractionRecord({ original, remainder, historical: false, at: comesAt + 2 * dayMs });
}

function toRecord(
  { at, type, channel = 'web', amount, attributes = {} }: Deed,
  own: Pick<CustomerRecord, 'eventId' | 'surrogate' | 'region' | 'store'>,
): CustomerRecord {
  const money = amount ?? null;
  return aRecord({
    ...own,
    // That of the key by which ingest would know their sender.
    source: 'web',
    type,
    channel,
    occurredAt: at,
    amountMinor: money,
    reportingAmountMinor: money,
    currency: money === null ? null : 'GBP',
    attributes: Object.entries(attributes)
      .map(([name, value]) => ({ name, value }))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  });
}

function lifeOf({ from, until }: KpiQuarterOptions, random: Random, customer: number): readonly Deed[] {
  const deeds: Deed[] = [];
  const anywhen = (): number => from + random.integer(0, until - from - 1);
  const channel = random.pick(['web', 'app', 'pos', 'call']);
  for (let order = 0; order < random.integer(0, 6); order += 1) {
    deeds.push(...orderOf({ at: anywhen(), orderId: `${customer}-o${order}`, channel, random, until }));
  }
  for (let more = 0; more < random.integer(2, 7); more += 1) deeds.push(...somethingElse(anywhen(), random, until));
  for (let care = 0; care < random.integer(0, 2); care += 1) {
    deeds.push(...caseOf({ at: anywhen(), caseId: `${customer}-c${care}`, random, until }));
  }
  return deeds;
}

function orderOf({
  at,
  orderId,
  channel,
  random,
  until,
}: {
  at: number;
  orderId: string;
  channel: string;
  random: Random;
  until: number;
}) {
  const amount = random.integer(0, 90_000);
  const attributes = { orderId };
  const deeds: Deed[] = [{ at, type: 'order.placed', channel, amount, attributes }];
  if (random.chance(0.7)) deeds.push({ at: at + random.integer(1, 96) * hourMs, type: 'order.fulfilled', attributes });
  if (random.chance(0.1)) deeds.push({ at: at + hourMs, type: 'order.cancelled', amount: -amount, attributes });
  if (random.chance(0.1)) deeds.push({ at: at + 9 * dayMs, type: 'order.returned', amount: -amount, attributes });
  return deeds.filter((deed) => deed.at < until);
}

function somethingElse(at: number, random: Random, until: number): readonly Deed[] {
  const later = (days: number): number => at + days * dayMs;
  const campaignId = random.pick(['spring', 'autumn']);
  const deeds = random.pick<readonly Deed[]>([
    [
      { at, type: 'survey.sent' },
      { at: later(1), type: 'survey.answered', attributes: { surveyKind: 'csat', surveyScore: random.integer(1, 5), 'dimensions.trust': random.integer(1, 5) } },
    ],
    [{ at, type: 'survey.answered', attributes: { surveyKind: 'nps', surveyScore: random.integer(0, 10) } }],
    [{ at, type: 'survey.answered', channel: 'call', attributes: { surveyKind: 'ces', surveyScore: random.integer(1, 7) } }],
    [
      { at, type: 'offer.shown', attributes: { offerKind: 'cross-sell', campaignId } },
      { at: later(1), type: 'offer.accepted', attributes: { offerKind: 'cross-sell' } },
    ],
    [{ at, type: 'offer.shown', attributes: { offerKind: 'discount' } }, { at: later(2), type: 'offer.rejected' }],
    [{ at, type: 'contact.sent', channel: random.pick(['email', 'call', 'social']), attributes: { campaignId, personal: random.chance(0.3), staff: 'mei' } }],
    [{ at, type: 'social.mentioned', channel: 'social' }, { at: later(2), type: 'contact.sent', channel: 'social' }],
    [{ at, type: 'social.mentioned', channel: 'social' }],
    [{ at, type: 'campaign.joined', attributes: { campaignId } }],
    [{ at, type: 'lead.captured' }, { at: later(3), type: 'opportunity.moved' }],
    [{ at, type: 'contract.ended' }, { at: later(random.integer(1, 20)), type: 'contract.signed' }],
    [{ at, type: 'service.subscribed', amount: 900 }, { at: later(5), type: 'service.upgraded', amount: 400 }],
    [{ at, type: 'session.started' }, { at: at + 60_000, type: 'product.viewed' }, { at: at + 120_000, type: 'cart.updated' }],
    [{ at, type: 'page.viewed' }],
    [{ at, type: 'member.registered' }],
    [{ at, type: 'visit.made', channel: 'visit' }, { at: later(1), type: 'review.posted', attributes: { rating: 4 } }],
  ]); // prettier-ignore
  return deeds.filter((deed) => deed.at < until);
}

function caseOf({ at, caseId, random, until }: { at: number; caseId: string; random: Random; until: number }) {
  const caseClass = random.pick(['complaint', 'service']);
  const hours = (low: number, high: number): number => random.integer(low, high) * hourMs;
  const answeredAt = at + hours(1, 60);
  const resolvedAt = answeredAt + hours(1, 90);
  const attributes = { caseId };
  const deeds: Deed[] = [
    { at, type: 'case.opened', channel: 'call', attributes: { caseId, caseClass } },
    { at: answeredAt, type: 'case.responded', channel: 'call', attributes },
    { at: answeredAt + hourMs / 2, type: 'case.progressed', channel: 'call', attributes },
    { at: resolvedAt, type: 'case.resolved', channel: 'call', attributes },
  ];
  if (random.chance(0.3)) deeds.push({ at: resolvedAt + hours(2, 30), type: 'case.reopened', attributes });
  else deeds.push({ at: resolvedAt + hours(2, 30), type: 'case.followed_up', channel: 'call', attributes });
  return deeds.filter((deed) => deed.at < until);
}
