import type { MessageChannel } from '../../core/ports/message-channel.ts';
import type { WebhookCaller } from '../../core/ports/webhook-caller.ts';
import type { DurationMs } from '../../core/units.ts';

export interface ProviderChannelOptions {
  readonly channel: string;
  readonly caller: WebhookCaller;
  readonly url: string;
  readonly timeoutMs: DurationMs;
  readonly needs: MessageChannel['needs'];
}

/** A channel whose provider is handed each message by a signed call: SMS, app and social messages. */
export function createProviderChannel(options: ProviderChannelOptions): MessageChannel {
  const { channel, caller, url, timeoutMs, needs } = options;
  return {
    needs,
    async send({ id, to, customerRef, at, subject, text, language }) {
      const data = { messageId: id, channel, to, customerRef, subject, text, language };
      const body = JSON.stringify({ type: 'message.send', timestamp: new Date(at).toISOString(), data });
      const answer = await caller.call({ url, id, at, body, timeoutMs });
      if (answer.ok) return { as: 'sent', isDelivered: false };
      const { reason, retryAfterMs, isFinal } = answer;
      return isFinal ? { as: 'undeliverable', reason } : { as: 'failed', reason, retryAfterMs };
    },
    close: () => Promise.resolve(),
  };
}
