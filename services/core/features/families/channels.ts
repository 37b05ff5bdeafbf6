import { signalFamily, signalFeature, sumIn } from '../signals/signal-feature.ts';

const groups = ['inCall', 'inChat', 'inMessage', 'inStore', 'inOnline'] as const;

/** Where customers turn to the business. */
export const channels = signalFamily(
  'Channels',
  'Contacts that the customer made: `contact.received`, `case.opened`, `case.reopened`, `visit.made`, `survey.answered`, ' +
    '`review.posted`, `suggestion.received`, `interview.recorded`, `social.mentioned`, by the channel they came on.',
  [
    sumIn('contacts_call', 'inCall', 90, 'Contacts by telephone'),
    sumIn('contacts_chat', 'inChat', 90, 'Contacts by chat and social media'),
    sumIn('contacts_message', 'inMessage', 90, 'Contacts by e-mail and SMS'),
    sumIn('contacts_store', 'inStore', 90, 'Contacts in stores and on visits'),
    sumIn('contacts_online', 'inOnline', 90, 'Contacts by web, app and every other channel'),
    signalFeature(
      {
        name: 'contact_channels_365',
        unit: 'count',
        description: 'How many of these five groups were used in the 365 days before asOf; 0 where none was.',
      },
      (signals) => groups.filter((group) => signals.sum(group, 365) > 0).length,
    ),
  ],
);
