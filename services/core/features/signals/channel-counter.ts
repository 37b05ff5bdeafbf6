import type { Channel } from '../../events/channels.ts';
import type { SignalCounter } from './signal-counters.ts';

const groups: Readonly<Partial<Record<Channel, SignalCounter>>> = {
  call: 'inCall',
  chat: 'inChat',
  social: 'inChat',
  email: 'inMessage',
  sms: 'inMessage',
  pos: 'inStore',
  visit: 'inStore',
};

/** The counter of a contact on a channel: call, chat and social, message, store; online for every other one. */
export function channelCounter(channel: string): SignalCounter {
  return groups[channel as Channel] ?? 'inOnline';
}
