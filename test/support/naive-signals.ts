import type { CountedEvent } from './counted-event.ts';
import { naiveCases } from './naive-cases.ts';
import { isNaivePrice, isNaiveRival, naiveDirection, naiveScore, textOf, valueOf } from './naive-properties.ts';

/** What the customer says, on a channel. */
const voices = [
  'contact.received', 'visit.made', 'social.mentioned', 'case.opened', 'case.reopened', 'survey.answered',
  'review.posted', 'suggestion.received', 'interview.recorded',
]; // prettier-ignore

/** Everything a customer does, but for purchases. */
const deeds = [
  ...voices, 'session.started', 'login', 'feature.used', 'product.viewed', 'cart.updated', 'contact.opened',
  'contact.clicked', 'event.attended', 'campaign.joined', 'offer.accepted', 'offer.rejected', 'need.changed',
  'points.redeemed', 'coupon.redeemed', 'contract.signed',
]; // prettier-ignore

/** Event types that features read as signals. */
export const naiveSignalTypes: ReadonlySet<string> = new Set([
  ...deeds, 'order.delayed', 'payment.failed', 'service.upgraded', 'service.cancelled', 'contact.sent', 'consent.changed',
  'case.responded', 'case.progressed', 'case.resolved', 'case.closed', 'case.followed_up', 'survey.sent', 'points.earned',
  'member.level_changed', 'contract.ended', 'contract.milestone',
]); // prettier-ignore

export function naiveChange(recent: number, before: number): number {
  return recent + before === 0 ? Number.NaN : (recent - before) / (recent + before);
}

/** Every feature of signals by name, straight from its definition, from the list of counted events. */
export function naiveSignals(counted: readonly CountedEvent[], asOf: number): Record<string, number> {
  const known = counted.filter((event) => asOf - event.day < 455);
  const history = new NaiveSignalHistory(known, asOf);
  return {
    ...history.ordersAndCarts(),
    ...naiveCases(known, asOf),
    ...history.service(),
    ...history.satisfaction('csat'),
    ...history.satisfaction('nps'),
    ...history.answers(),
    ...history.campaigns(),
    ...history.channels(),
    ...history.care(),
    ...history.usage(),
    ...history.loyalty(counted),
    ...history.contracts(counted),
  };
}

type Test = (event: CountedEvent) => boolean;

class NaiveSignalHistory {
  readonly #known: readonly CountedEvent[];
  readonly #asOf: number;

  constructor(known: readonly CountedEvent[], asOf: number) {
    this.#known = known;
    this.#asOf = asOf;
  }

  ordersAndCarts(): Record<string, number> {
    const year = this.#within(365, ({ kind }) => kind === 'purchase');
    const withCoupon = year.filter(({ record }) => ![null, '', false].includes(valueOf(record, 'coupon') as never));
    const redeemed = this.#within(365, ofType('coupon.redeemed'));
    const bought = new Set(this.#known.filter(({ kind }) => kind === 'purchase').map(({ day }) => day));
    const abandoned = (days: number): number =>
      new Set(
        this.#within(days, ofType('cart.updated'))
          .map(({ day }) => day)
          .filter((day) => day < this.#asOf - 1 && !bought.has(day) && !bought.has(day + 1)),
      ).size;
    const isDeed: Test = ({ kind, record }) =>
      kind !== 'signal' ||
      deeds.includes(record.type) ||
      (record.type === 'service.upgraded' && naiveDirection(record) !== 'down');
    return {
      silence_days: this.#since(isDeed),
      coupon_share_365:
        year.length === 0 ? Number.NaN : Math.min(1, Math.max(withCoupon.length, redeemed.length) / year.length),
      carts_abandoned_30: abandoned(30),
      carts_abandoned_90: abandoned(90),
    };
  }

  service(): Record<string, number> {
    const isComplaint: Test = ({ record }) =>
      record.type === 'case.opened' && /complain|grievance|投诉|抱怨/.test(textOf(record, 'caseClass'));
    return {
      cases_90: this.#within(90, ofType('case.opened')).length,
      cases_reopened_365: this.#within(365, ofType('case.reopened')).length,
      case_days_ago: this.#since(ofType('case.opened')),
      complaints_90: this.#within(90, isComplaint).length,
      complaints_365: this.#within(365, isComplaint).length,
      complaint_days_ago: this.#since(isComplaint),
    };
  }

  satisfaction(scale: 'csat' | 'nps'): Record<string, number> {
    const pointsOf = (event: CountedEvent): number | null => {
      const score = naiveScore(event.record);
      return score?.scale === scale ? score.points : null;
    };
    const answers = this.#within(365, (event) => pointsOf(event) !== null);
    const meanOf = (events: readonly CountedEvent[]): number =>
      events.length === 0 ? Number.NaN : events.reduce((sum, event) => sum + pointsOf(event)!, 0) / events.length;
    const lastDay = Math.max(...answers.map(({ day }) => day));
    const last = meanOf(answers.filter(({ day }) => day === lastDay));
    const means = [...new Set(answers.map(({ day }) => day))].map((each) =>
      meanOf(answers.filter(({ day }) => day === each)),
    );
    const spread = means.length > 0 ? Math.max(...means) - Math.min(...means) : 0;
    return {
      [`${scale}_last`]: last,
      [`${scale}_mean_365`]: meanOf(answers),
      [`${scale}_trend`]: last - meanOf(answers.filter(({ day }) => day < lastDay)),
      [`${scale}_days_ago`]: this.#since((event) => pointsOf(event) !== null),
      ...(scale === 'csat' && { csat_spread_365: spread }),
    };
  }

  answers(): Record<string, number> {
    const sent = this.#within(365, ofType('survey.sent')).length;
    const answered = this.#within(365, ofType('survey.answered')).length;
    return {
      low_scores_365: this.#within(365, ({ record }) => naiveScore(record)?.isLow === true).length,
      surveys_unanswered_365: sent > answered ? sent - answered : 0,
    };
  }

  campaigns(): Record<string, number> {
    const isAnswer = ofType('contact.opened', 'contact.clicked', 'campaign.joined', 'event.attended', 'offer.accepted');
    const lastAnswer = Math.max(...this.#within(365, isAnswer).map(({ day }) => day));
    const recent = this.#within(90, isAnswer).length;
    return {
      contacts_sent_90: this.#within(90, ofType('contact.sent')).length,
      contacts_opened_90: this.#within(90, ofType('contact.opened')).length,
      contacts_clicked_90: this.#within(90, ofType('contact.clicked')).length,
      contacts_ignored: this.#within(365, ofType('contact.sent')).filter(({ day }) => day > lastAnswer).length,
      participations_90: this.#within(90, ofType('campaign.joined', 'event.attended', 'offer.accepted')).length,
      campaign_answers_change_90: naiveChange(recent, this.#within(180, isAnswer).length - recent),
      offers_rejected_90: this.#within(90, ofType('offer.rejected')).length,
      unsubscribes_365: this.#within(
        365,
        ({ record }) => record.type === 'consent.changed' && String(valueOf(record, 'granted')) === 'false',
      ).length,
    };
  }

  channels(): Record<string, number> {
    const groups: Record<string, string[]> = {
      call: ['call'], chat: ['chat', 'social'], message: ['email', 'sms'], store: ['pos', 'visit'],
      online: ['web', 'app', 'payment', 'membership', 'survey', 'campaign', 'device', 'server', 'other'],
    }; // prettier-ignore
    const on = (group: string, days: number): number =>
      this.#within(days, ({ record }) => voices.includes(record.type) && groups[group].includes(record.channel)).length;
    return {
      ...Object.fromEntries(Object.keys(groups).map((group) => [`contacts_${group}_90`, on(group, 90)])),
      contact_channels_365: Object.keys(groups).filter((group) => on(group, 365) > 0).length,
    };
  }

  care(): Record<string, number> {
    const isCall: Test = ({ record }) => record.type === 'contact.sent' && ['call', 'visit'].includes(record.channel);
    const isPersonal: Test = (event) =>
      ofType('visit.made', 'case.followed_up', 'event.attended', 'interview.recorded')(event) || isCall(event);
    const isReply: Test = (event) =>
      ofType('case.responded', 'case.progressed', 'case.resolved', 'case.followed_up', 'visit.made')(event) ||
      isCall(event);
    const lastReply = Math.max(...this.#within(90, isReply).map(({ day }) => day));
    const speaks = ofType(...voices, 'service.cancelled', 'offer.rejected', 'need.changed', 'contract.ended');
    return {
      personal_contact_days_ago: this.#since(isPersonal),
      feedback_unanswered_90: this.#within(
        90,
        ofType('contact.received', 'suggestion.received', 'review.posted'),
      ).filter(({ day }) => day > lastReply).length,
      orders_delayed_90: this.#within(90, ofType('order.delayed')).length,
      order_delayed_days_ago: this.#since(ofType('order.delayed')),
      need_changes_365: this.#within(365, ofType('need.changed')).length,
      price_remarks_365: this.#within(365, (event) => speaks(event) && isNaivePrice(event.record)).length,
      competitor_mentions_365: this.#within(365, (event) => speaks(event) && isNaiveRival(event.record)).length,
    };
  }

  usage(): Record<string, number> {
    const kinds = {
      sessions: 'session.started',
      logins: 'login',
      features_used: 'feature.used',
      product_views: 'product.viewed',
    };
    const features: Record<string, number> = {};
    for (const [name, type] of Object.entries(kinds)) {
      features[`${name}_30`] = this.#within(30, ofType(type)).length;
      features[`${name}_90`] = this.#within(90, ofType(type)).length;
      const before = this.#within(60, ofType(type)).length - features[`${name}_30`];
      if (name !== 'product_views') features[`${name}_change_30`] = naiveChange(features[`${name}_30`], before);
    }
    const recent = this.#within(90, ofType(...Object.values(kinds))).length;
    features['usage_change_90'] = naiveChange(
      recent,
      this.#within(180, ofType(...Object.values(kinds))).length - recent,
    );
    features['session_days_ago'] = this.#since(ofType('session.started'));
    features['login_days_ago'] = this.#since(ofType('login'));
    features['payments_failed_90'] = this.#within(90, ofType('payment.failed')).length;
    features['payment_failed_days_ago'] = this.#since(ofType('payment.failed'));
    return features;
  }

  loyalty(everything: readonly CountedEvent[]): Record<string, number> {
    const pointsOf = (events: readonly CountedEvent[]): number =>
      events.reduce((sum, { record }) => {
        const points = Number(valueOf(record, 'points') ?? 0);
        return sum + (Number.isFinite(points) ? Math.round(Math.abs(points)) : 0);
      }, 0);
    const moves = this.#within(365, ofType('member.level_changed')).map(({ record }) => naiveDirection(record));
    return {
      points_earned_90: pointsOf(this.#within(90, ofType('points.earned'))),
      points_redeemed_90: pointsOf(this.#within(90, ofType('points.redeemed'))),
      points_balance:
        pointsOf(everything.filter(ofType('points.earned'))) - pointsOf(everything.filter(ofType('points.redeemed'))),
      level_change_365: moves.filter((to) => to === 'up').length - moves.filter((to) => to === 'down').length,
      coupons_redeemed_90: this.#within(90, ofType('coupon.redeemed')).length,
    };
  }

  contracts(everything: readonly CountedEvent[]): Record<string, number> {
    const signed = everything.filter(ofType('contract.signed'));
    const ends = signed.flatMap(({ record }) => {
      const end = valueOf(record, 'endDate');
      const at = typeof end === 'string' ? new Date(`${end.slice(0, 10)}T00:00:00Z`) : new Date(Number.NaN);
      return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== String(end).slice(0, 10)
        ? []
        : [at.getTime() / 86_400_000];
    });
    const ended = Math.max(...this.#known.filter(ofType('contract.ended')).map(({ day }) => day));
    const renewed = Math.max(...this.#known.filter(ofType('contract.signed')).map(({ day }) => day));
    const latest = ended > renewed ? ended : Math.max(...ends);
    const isMissed: Test = ({ record }) =>
      record.type === 'contract.milestone' &&
      (/overdue|missed|late|逾期/.test(textOf(record, 'status')) || valueOf(record, 'overdue') === true);
    return {
      contract_days_to_end: latest === -Infinity ? Number.NaN : latest - this.#asOf,
      contract_renewals: Math.max(0, signed.length - 1),
      contracts_ended_365: this.#within(365, ofType('contract.ended')).length,
      services_downgraded_365: this.#within(
        365,
        ({ record }) => record.type === 'service.upgraded' && naiveDirection(record) === 'down',
      ).length,
      services_cancelled_365: this.#within(365, ofType('service.cancelled')).length,
      milestones_overdue_365: this.#within(365, isMissed).length,
    };
  }

  #within(days: number, test: Test): CountedEvent[] {
    return this.#known.filter((event) => this.#asOf - event.day <= days && test(event));
  }

  #since(test: Test): number {
    const days = this.#known.filter(test).map(({ day }) => day);
    return days.length === 0 ? Number.NaN : this.#asOf - Math.max(...days);
  }
}

function ofType(...types: readonly string[]): Test {
  return ({ record }) => types.includes(record.type);
}
