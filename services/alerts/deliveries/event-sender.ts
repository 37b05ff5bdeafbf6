import type { EventPayload } from '../../core/deliveries/event-payload.ts';
import { findOwnId } from '../../core/identity/find-own-id.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { EventIntake } from '../../core/ports/event-intake.ts';
import type { CustomerReach } from '../../core/profile/customer-reach.ts';
import type { DurationMs, Surrogate } from '../../core/units.ts';
import type { Sender } from './sender.ts';

/** A tenant whose events go back to ingest. */
export interface EventTenant {
  readonly pseudonymKey: Buffer;
  readonly intake: EventIntake;
}

export interface EventSenderDeps {
  /** Null where the tenant has no write key for it. */
  readonly tenantOf: (tenant: string) => EventTenant | null;
  readonly reachOf: (tenant: string, surrogate: Surrogate) => Promise<CustomerReach>;
  readonly digest: Digest;
  readonly longestMs: DurationMs;
}

/** Tells ingest what became of messages. A customer whose own id is personal is found by the profile. */
export function createEventSender({ tenantOf, reachOf, digest, longestMs }: EventSenderDeps): Sender {
  return {
    longestMs,
    async send({ id, tenant: tenantId, subject, payload }) {
      const tenant = tenantOf(tenantId);
      if (tenant === null) return { as: 'dead', reason: 'ingest-not-configured' };
      const { surrogate, customerRef, taskId, playbook, channel } = subject;
      if (surrogate === null) return { as: 'dead', reason: 'customer-unknown' };
      const { type, contactId, at, link } = JSON.parse(payload) as EventPayload;
      const { email, phone } = customerRef === null ? await reachOf(tenantId, surrogate) : { email: null, phone: null };
      const pseudonymKey = tenant.pseudonymKey;
      const customer = findOwnId([customerRef, email, phone], surrogate, { digest, pseudonymKey });
      if (customer === null) return { as: 'dead', reason: 'customer-unknown' };
      const said = { contactId, taskId, playbook, channel, link };
      const properties = Object.fromEntries(Object.entries(said).flatMap(([k, v]) => (v === null ? [] : [[k, v]])));
      const result = await tenant.intake.send({ messageId: id, type, customer, at, properties });
      if (result.as === 'taken') return { as: 'sent' };
      if (result.as === 'refused') return { as: 'dead', reason: result.reason };
      return { as: 'failed', reason: result.reason, retryAfterMs: result.retryAfterMs };
    },
  };
}
