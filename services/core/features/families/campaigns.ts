import type { FeatureState } from '../customer-state.ts';
import { counterId } from '../signals/signal-counters.ts';
import { changeIn, signalFamily, signalFeature, sumIn } from '../signals/signal-feature.ts';
import type { SignalWindows } from '../signals/signal-windows.ts';
import { countOf } from '../signals/sparse-counts.ts';

const answers = ['contactsOpened', 'contactsClicked', 'participations'] as const;

function ignoredOf(signals: SignalWindows, { signalTiles }: FeatureState): number {
  if (signals.sum('contactsSent', 365) === 0) return 0;
  let ignored = 0;
  for (let i = signalTiles.length - 1; i >= 0 && signalTiles[i].day >= signals.asOf - 365; i--) {
    const { counts } = signalTiles[i];
    if (answers.some((answer) => countOf(counts, counterId[answer]) > 0)) break;
    ignored += countOf(counts, counterId.contactsSent);
  }
  return ignored;
}

/** Messages to the customer, and what comes back. */
export const campaigns = signalFamily(
  'Campaigns',
  '`contact.sent`, `contact.opened`, `contact.clicked`, `campaign.joined`, `event.attended`, `offer.accepted`, ' +
    '`offer.rejected`, and `consent.changed` that withdraws (`granted` false).',
  [
    sumIn('contacts_sent', 'contactsSent', 90, 'Messages sent'),
    sumIn('contacts_opened', 'contactsOpened', 90, 'Messages opened'),
    sumIn('contacts_clicked', 'contactsClicked', 90, 'Clicks on messages'),
    signalFeature(
      {
        name: 'contacts_ignored',
        unit: 'count',
        description:
          'Messages sent in the 365 days before asOf on days after the last one with an open, a click or a participation; ' +
          '0 where there is none.',
      },
      ignoredOf,
    ),
    sumIn('participations', 'participations', 90, 'Campaigns joined, events attended and offers accepted'),
    changeIn('campaign_answers_change', answers, 90, 'Opens, clicks and participations'),
    sumIn('offers_rejected', 'offersRejected', 90, 'Offers rejected'),
    sumIn('unsubscribes', 'unsubscribes', 365, 'Consents withdrawn'),
  ],
);
