/** Base names of the topics; an installation may put a prefix before each. */
export const topicNames = {
  events: 'customer.events.v1',
  eventsDeadLetter: 'customer.events.dlq.v1',
  eventsLate: 'customer.events.late.v1',
  scores: 'customer.scores.v1',
  scoresLatest: 'customer.scores.latest.v1',
  segments: 'customer.segments.v1',
  tasks: 'retention.tasks.v1',
  commands: 'retention.commands.v1',
  kpiFacts: 'kpi.facts.v1',
  identity: 'customer.identity.v1',
  consent: 'customer.consent.v1',
  activations: 'tidewatch.activations.v1',
  audit: 'tidewatch.audit.v1',
} as const;

export type TopicKey = keyof typeof topicNames;
export type Topics = Readonly<Record<TopicKey, string>>;

/** Topic names of one installation: `prefix + base name` for each. */
export function topicsWithPrefix(prefix: string): Topics {
  const entries = Object.entries(topicNames).map(([key, name]) => [key, prefix + name] as const);
  return Object.fromEntries(entries) as Topics;
}
