import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';

const msPerDay = 86_400_000;
const sizes = [32, 64, 32, 2] as const;

/** One customer's state after some events, and the score of the last of them. */
export interface PeerWork {
  readonly count: number;
  /** Sum of the amounts, in major units. */
  readonly sum: number;
  /** Epoch milliseconds of the last event. */
  readonly lastOccurredAt: number;
  readonly p: number;
  readonly value: number;
}

type PeerEvent = Pick<CustomerRecord, 'occurredAt' | 'reportingAmountMinor'>;

/** The work of kafka-streams/README.md for one customer's events in their order, straight from its text. */
export function naivePeerWork(events: readonly PeerEvent[]): PeerWork {
  const features = new Float32Array(sizes[0]);
  let sum = 0;
  for (const { occurredAt, reportingAmountMinor } of events) {
    const x = (reportingAmountMinor ?? 0) / 100;
    sum += x;
    for (let i = 0; i < features.length; i++) {
      features[i] = features[i] * 0.95 + 0.05 * Math.log1p(x) * Math.cos(i + ((occurredAt / msPerDay) % 7));
    }
  }
  const [p, value] = predict([...features]);
  return { count: events.length, sum, lastOccurredAt: events.at(-1)?.occurredAt ?? 0, p, value };
}

/** Weight from input i to output j of layer l. */
export function peerWeight(l: number, i: number, j: number): number {
  return Math.sin(1 + l * 7919 + i * 104.729 + j * 1.61803) / Math.sqrt(sizes[l]);
}

function predict(features: readonly number[]): number[] {
  let values = features;
  for (let l = 0; l < sizes.length - 1; l++) {
    const sums = Array.from({ length: sizes[l + 1] }, (_, j) =>
      values.reduce((total, value, i) => total + value * peerWeight(l, i, j), 0),
    );
    values = l < sizes.length - 2 ? sums.map((z) => Math.max(z, 0)) : sums.map((z) => 1 / (1 + Math.exp(-z)));
  }
  return [...values];
}
