/** The closed list of channels an event can come from (domain brief, A4). */
export const channels = [
  'web', 'app', 'pos', 'call', 'email', 'sms', 'chat', 'social', 'payment', 'membership', 'survey', 'campaign', 'visit',
  'device', 'server', 'other',
] as const; // prettier-ignore

export type Channel = (typeof channels)[number];

const known: ReadonlySet<string> = new Set(channels);

/** Whether `name` is a known channel. */
export function isChannel(name: string): name is Channel {
  return known.has(name);
}
