const dayMs = 86_400_000;
const eventsPerBatch = 100;
/** One customer in so many has not ordered for months. */
const lapsedEvery = 10;
const lapsedDays = [320, 306, 292, 278] as const;

export interface CustomerRange {
  /** Number of the first customer, and of the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Tells events apart when customers come again. */
  readonly visit: string;
}

export interface EventBatch {
  readonly body: Buffer;
  readonly events: number;
}

/**
 * Bodies of `/v1/batch` in which every customer of the range is seen: nine in ten with an order of today, one with orders
 * of last year and a look at a product today. The former are welcomed, the latter are at risk: both are work for alerts.
 * @param now in ms since the epoch
 */
export function* customerBodies({ from, to, visit }: CustomerRange, now: number): Generator<EventBatch> {
  let batch: object[] = [];
  for (let customer = from; customer < to; customer++) {
    batch.push(...eventsOf(customer, visit, now));
    if (batch.length < eventsPerBatch && customer < to - 1) continue;
    yield { body: Buffer.from(JSON.stringify({ batch, sentAt: new Date(now).toISOString() })), events: batch.length };
    batch = [];
  }
}

function eventsOf(customer: number, visit: string, now: number): object[] {
  if (customer % lapsedEvery !== 0) return [order(customer, visit, now)];
  const past = lapsedDays.map((days) => order(customer, `${visit}-${days}`, now - days * dayMs));
  const product = { product_id: `p${customer % 50}` };
  return [...past, track(customer, { event: 'Product Viewed', id: `${visit}-look`, at: now, properties: product })];
}

function order(customer: number, id: string, at: number): object {
  const properties = { revenue: 5 + (customer % 200), currency: 'GBP', order_id: `o-${customer}-${id}` };
  return track(customer, { event: 'Order Completed', id: `${id}-order`, at, properties });
}

interface Tracked {
  readonly event: string;
  readonly id: string;
  readonly at: number;
  readonly properties: object;
}

function track(customer: number, { event, id, at, properties }: Tracked): object {
  return {
    type: 'track',
    event,
    messageId: `bench-${customer}-${id}`,
    userId: `user-${customer}`,
    timestamp: new Date(at).toISOString(),
    properties,
  };
}
