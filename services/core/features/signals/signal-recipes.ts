import type { CustomerRecord } from '../../events/customer-record.ts';
import type { EventType } from '../../events/event-types.ts';
import { attributeOf, numberOf, wordOf } from './attribute-of.ts';
import { readCase } from './read-case.ts';
import { readDate } from './read-date.ts';
import { readDirection } from './read-direction.ts';
import { readMatter, readVoice } from './read-voice.ts';
import type { SignalDraft } from './signal-draft.ts';
import type { SignalRecipe } from './signal-recipe.ts';

/**
 * The event types that are read as signals. Every event of them counts in `events`; `active` are those that the
 * customer did. Views of pages, readings of devices, places, deliveries and payments made are not read: what they tell
 * stands in sessions, orders and contacts, and they would be most of all scores.
 */
export const signalRecipes: Readonly<Partial<Record<EventType, SignalRecipe>>> = {
  'session.started': { counts: ['active', 'sessions'] },
  'login': { counts: ['active', 'logins'] },
  'feature.used': { counts: ['active', 'featuresUsed'] },
  'product.viewed': { counts: ['active', 'productViews'] },
  'cart.updated': { counts: ['active', 'cartUpdates'] },

  'order.delayed': { counts: ['delays'] },
  'payment.failed': { counts: ['paymentFailures'] },
  'service.upgraded': {
    counts: [],
    read: (record, draft) => draft.add(readDirection(record) < 0 ? 'servicesDowngraded' : 'active'),
  },
  'service.cancelled': { counts: ['servicesCancelled'], read: readMatter },

  'contact.sent': { counts: ['contactsSent'], read: readSent },
  'contact.opened': { counts: ['active', 'contactsOpened'] },
  'contact.clicked': { counts: ['active', 'contactsClicked'] },
  'contact.received': { counts: ['active', 'feedback'], read: readVoice },
  'visit.made': { counts: ['active', 'personalContacts', 'answers'], read: readVoice },
  'event.attended': { counts: ['active', 'personalContacts', 'participations'] },
  'social.mentioned': { counts: ['active'], read: readVoice },
  'campaign.joined': { counts: ['active', 'participations'] },
  'offer.accepted': { counts: ['active', 'participations'] },
  'offer.rejected': { counts: ['active', 'offersRejected'], read: readMatter },
  'consent.changed': { counts: [], read: readConsent },

  'case.opened': {
    counts: ['active', 'casesOpened'],
    read: (record, draft) => {
      readCase(record, draft, 'opened');
      readVoice(record, draft);
    },
  },
  'case.reopened': {
    counts: ['active', 'casesReopened'],
    read: (record, draft) => {
      readCase(record, draft, 'reopened');
      readVoice(record, draft);
    },
  },
  'case.responded': { counts: ['answers'], read: (record, draft) => readCase(record, draft, 'answered') },
  'case.progressed': { counts: ['answers'], read: (record, draft) => readCase(record, draft, 'answered') },
  'case.resolved': { counts: ['answers'], read: (record, draft) => readCase(record, draft, 'resolved') },
  'case.closed': { counts: [], read: (record, draft) => readCase(record, draft, 'closed') },
  'case.followed_up': { counts: ['personalContacts', 'answers'] },
  'need.changed': { counts: ['active', 'needChanges'], read: readMatter },

  'survey.sent': { counts: ['surveysSent'] },
  'survey.answered': { counts: ['active', 'surveysAnswered'], read: readVoice },
  'review.posted': { counts: ['active', 'feedback'], read: readVoice },
  'suggestion.received': { counts: ['active', 'feedback'], read: readVoice },
  'interview.recorded': { counts: ['active', 'personalContacts'], read: readVoice },

  'points.earned': { counts: [], read: (record, draft) => draft.add('pointsEarned', pointsOf(record)) },
  'points.redeemed': { counts: ['active'], read: (record, draft) => draft.add('pointsRedeemed', pointsOf(record)) },
  'coupon.redeemed': { counts: ['active', 'couponsRedeemed'] },
  'member.level_changed': { counts: [], read: readLevel },

  'contract.signed': { counts: ['active', 'contractsSigned'], read: readEnd },
  'contract.ended': { counts: ['contractsEnded'], read: readMatter },
  'contract.milestone': { counts: [], read: readMilestone },
}; // prettier-ignore

/** A message by telephone or visit is personal, and answers what the customer said; all others are campaigns. */
function readSent({ channel }: CustomerRecord, draft: SignalDraft): void {
  if (channel === 'call' || channel === 'visit') draft.add('personalContacts').add('answers');
}

function readConsent(record: CustomerRecord, draft: SignalDraft): void {
  const isWithdrawn = record.consent.some(({ granted }) => !granted) || wordOf(record, 'granted') === 'false';
  if (isWithdrawn) draft.add('unsubscribes');
}

/** Whole points, without a sign. */
function pointsOf(record: CustomerRecord): number {
  return Math.min(Math.round(Math.abs(numberOf(record, 'points') ?? 0)), Number.MAX_SAFE_INTEGER);
}

function readLevel(record: CustomerRecord, draft: SignalDraft): void {
  const direction = readDirection(record);
  if (direction > 0) draft.add('levelUps');
  if (direction < 0) draft.add('levelDowns');
}

function readEnd(record: CustomerRecord, draft: SignalDraft): void {
  draft.contractEnd = readDate(record, 'endDate');
}

/** A milestone that was missed: its `status` says so, or the property `overdue` does. */
function readMilestone(record: CustomerRecord, draft: SignalDraft): void {
  const isOverdue =
    /overdue|missed|late|逾期/.test(wordOf(record, 'status')) || attributeOf(record, 'overdue') === true;
  if (isOverdue) draft.add('milestonesOverdue');
}
