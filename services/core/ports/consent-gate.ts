import type { ContactPurpose } from '../contacts/contact-caps.ts';
import type { ConsentMark } from '../events/customer-record.ts';
import type { CustomerKey } from './state-store.ts';

export interface ConsentQuestion {
  readonly customer: CustomerKey;
  readonly purpose: ContactPurpose;
  /** Null before it is known how the customer will be spoken to. */
  readonly channel: string | null;
  /** An offer that a machine chose; customers may refuse those alone. */
  readonly isAutomatedOffer: boolean;
  /** What the customer's own events said of consent, the newest of each purpose and channel. */
  readonly marks: readonly ConsentMark[];
}

/**
 * Asked before every task and every message. Null where it may be done, else why not, as one word for the audit log. Must
 * answer the same for the same question: redelivered records are decided again.
 */
export type ConsentGate = (question: ConsentQuestion) => string | null;
