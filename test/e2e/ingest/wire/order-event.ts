/** One order as a client tells it, in whatever protocol. */
export interface OrderEvent {
  /** As the client knows it; unique per tenant. */
  readonly id: string;
  /** Null where the event says of nobody: it can never be accepted. */
  readonly user: string | null;
  /** In cents; null where it is no number: it can never be accepted. */
  readonly amountMinor: number | null;
  /** ISO 8601. */
  readonly time: string;
}

/** Why an event can never be accepted; null for a good one. */
export function faultOf({ user, amountMinor }: OrderEvent): string | null {
  if (user === null) return 'ERR_EVENT_INVALID';
  return amountMinor === null ? 'ERR_EVENT_AMOUNT' : null;
}
