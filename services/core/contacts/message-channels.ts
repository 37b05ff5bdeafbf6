/** Channels that messages to customers can go out through. */
export const messageChannels = ['email', 'sms', 'app', 'social'] as const;

export type MessageChannel = (typeof messageChannels)[number];
