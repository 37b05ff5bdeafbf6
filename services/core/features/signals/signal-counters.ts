/**
 * What is counted per business day besides purchases and cancellations. A counter's number in packed states is its
 * place in this list: new ones go to the end, none is ever taken out or moved. Sums (`csatSum`, `npsSum`, points) are
 * of whole numbers.
 */
export const signalCounters = [
  // every event of a signal, and those that the customer did
  'events', 'active',
  // service
  'casesOpened', 'complaints', 'casesReopened',
  // care
  'personalContacts', 'answers', 'feedback', 'delays', 'needChanges', 'priceRemarks', 'competitorMentions',
  // satisfaction
  'csatAnswers', 'csatSum', 'npsAnswers', 'npsSum', 'surveysSent', 'surveysAnswered', 'lowScores',
  // campaigns
  'contactsSent', 'contactsOpened', 'contactsClicked', 'participations', 'unsubscribes', 'offersRejected',
  // channels
  'inCall', 'inChat', 'inMessage', 'inStore', 'inOnline',
  // usage
  'sessions', 'logins', 'featuresUsed', 'productViews', 'cartUpdates',
  // loyalty
  'pointsEarned', 'pointsRedeemed', 'levelUps', 'levelDowns', 'couponsRedeemed', 'couponOrders',
  // payments
  'paymentFailures',
  // contracts
  'contractsSigned', 'contractsEnded', 'servicesDowngraded', 'servicesCancelled', 'milestonesOverdue',
] as const; // prettier-ignore

export type SignalCounter = (typeof signalCounters)[number];

/** Place of each counter in the list. */
export const counterId = Object.fromEntries(signalCounters.map((name, id) => [name, id])) as Readonly<
  Record<SignalCounter, number>
>;
