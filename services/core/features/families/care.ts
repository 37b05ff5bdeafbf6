import type { FeatureState } from '../customer-state.ts';
import { counterId } from '../signals/signal-counters.ts';
import { signalFamily, signalFeature, sumIn, timeSince } from '../signals/signal-feature.ts';
import type { SignalWindows } from '../signals/signal-windows.ts';
import { countOf } from '../signals/sparse-counts.ts';

function unansweredOf(signals: SignalWindows, { signalTiles }: FeatureState): number {
  if (signals.sum('feedback', 90) === 0) return 0;
  let unanswered = 0;
  for (let i = signalTiles.length - 1; i >= 0 && signalTiles[i].day >= signals.asOf - 90; i--) {
    const { counts } = signalTiles[i];
    if (countOf(counts, counterId.answers) > 0) break;
    unanswered += countOf(counts, counterId.feedback);
  }
  return unanswered;
}

/** Whether the business looks after the customer, delivers in time and hears what is said. */
export const care = signalFamily(
  'Care and delivery',
  '`visit.made`, `case.followed_up`, `event.attended`, `interview.recorded`, `contact.sent` by call or visit, ' +
    '`contact.received`, `suggestion.received`, `review.posted`, answers to cases, `order.delayed`, `need.changed`, and ' +
    'what `topic`, `reason`, `caseClass` and `competitor` name in contacts, cases, answers, rejected offers, cancelled ' +
    'services and ended contracts. Free text is not searched.',
  [
    timeSince(
      'personal_contact_days_ago',
      'personalContacts',
      'personal contact (visit, follow-up, event, interview, call)',
    ),
    signalFeature(
      {
        name: 'feedback_unanswered_90',
        unit: 'count',
        description:
          'Messages, suggestions and reviews of the customer in the 90 days before asOf on days after the last answer (to ' +
          'a case, by follow-up, call or visit); 0 where there is none.',
      },
      unansweredOf,
    ),
    sumIn('orders_delayed', 'delays', 90, 'Delays of orders'),
    timeSince('order_delayed_days_ago', 'delays', 'delay of an order'),
    sumIn('need_changes', 'needChanges', 365, 'Changed needs'),
    sumIn('price_remarks', 'priceRemarks', 365, 'Remarks on the price'),
    sumIn('competitor_mentions', 'competitorMentions', 365, 'Mentions of a competitor'),
  ],
);
