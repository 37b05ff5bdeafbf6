import { digestTemplate } from '../../core/deliveries/digest-text.ts';
import { renderMessage } from '../../core/deliveries/render-message.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { MessageChannel } from '../../core/ports/message-channel.ts';
import type { BilingualText } from '../../core/reasons/bilingual-text.ts';
import type { RetentionTask } from '../../core/tasks/retention-task.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Sender } from './sender.ts';

/** Where the digest of a queue goes. */
export interface DigestTarget {
  readonly shop: BilingualText;
  readonly addresses: readonly string[];
  readonly channel: MessageChannel;
}

export interface DigestSenderDeps {
  /** Null where the queue has no digest any more. */
  readonly targetOf: (tenant: string, queue: string) => DigestTarget | null;
  /** Tasks of the queue that are not done. */
  readonly tasksOf: (tenant: string, queue: string) => Promise<readonly RetentionTask[]>;
  readonly clock: Pick<Clock, 'now'>;
  readonly longestMs: DurationMs;
}

/** Sends a queue its digest, in both languages, as one mail to all its addresses. */
export function createDigestSender({ targetOf, tasksOf, clock, longestMs }: DigestSenderDeps): Sender {
  return {
    longestMs,
    async send({ id, tenant, target: queue, payload }) {
      const target = targetOf(tenant, queue);
      if (target === null) return { as: 'dead', reason: 'target-not-configured' };
      const { day } = JSON.parse(payload) as { day: string };
      const now = clock.now();
      const facts = { queue, shop: target.shop, day, now, tasks: await tasksOf(tenant, queue) };
      const { subject, text } = renderMessage(digestTemplate(facts), 'both', {});
      const message = { subject, text, html: null, language: 'both' as const, customerRef: null };
      const to = target.addresses.join(', ');
      const result = await target.channel.send({ id: `${tenant}.${id}`, to, at: now, ...message });
      if (result.as === 'sent') return { as: 'sent' };
      return result.as === 'failed' ? result : { as: 'dead', reason: result.reason };
    },
  };
}
