/** One order as Segment's Node SDK sends it. */
export interface BenchTrack {
  readonly type: 'track';
  readonly event: string;
  readonly messageId: string;
  readonly userId: string;
  readonly timestamp: string;
  readonly properties: {
    readonly revenue: number;
    readonly currency: string;
    readonly order_id: string;
    readonly coupon: string;
    readonly items: number;
  };
  readonly context: object;
}

const context = { library: { name: '@segment/analytics-node', version: '3.1.0' } };
const customers = 5_000;
let made = 0;

/** Orders that nobody sent before, of many customers. */
export function newTracks(count: number, run: string): BenchTrack[] {
  const timestamp = new Date().toISOString();
  return Array.from({ length: count }, () => {
    const number = made++;
    const properties = {
      revenue: 5 + (number % 200),
      currency: 'GBP',
      order_id: `o${number}`,
      coupon: `c${number % 9}`,
      items: (number % 5) + 1,
    };
    const userId = `user-${(number * 48_271) % customers}`;
    const messageId = `node-next-${run}-${number}`;
    return { type: 'track', event: 'Order Completed', messageId, userId, timestamp, properties, context };
  });
}

/** Bodies of `/v1/batch`. */
export function batchBodies(batches: number, eventsPerBatch: number, run: string): Buffer[] {
  const sentAt = new Date().toISOString();
  return Array.from({ length: batches }, () =>
    Buffer.from(JSON.stringify({ batch: newTracks(eventsPerBatch, run), sentAt })),
  );
}

/** Bodies of `/v1/track`. */
export function singleBodies(count: number, run: string): Buffer[] {
  return newTracks(count, run).map((track) => Buffer.from(JSON.stringify(track)));
}
