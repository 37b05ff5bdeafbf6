import type { DeliveryKind } from '../../core/deliveries/delivery.ts';

/** What became of deliveries, as their meter tells it. */
export const deliveryResults = ['queued', 'sent', 'failed', 'waiting', 'dead', 'replayed'] as const;

export type DeliveryResult = (typeof deliveryResults)[number];

/** What deliveries tell their observers. Never an address, a body, or what a receiver wrote. */
export interface DeliveryTelemetry {
  count(kind: DeliveryKind, result: DeliveryResult, many?: number): void;
  /** A delivery that is given up. */
  died(delivery: DiedDelivery): void;
  /** Snapshots that cannot be read and went to the dead letters. */
  unreadable(many: number): void;
  /** The store, or something else of the house, failed. */
  fault(error: unknown): void;
}

export interface DiedDelivery {
  readonly id: string;
  readonly kind: DeliveryKind;
  readonly tenant: string;
  readonly target: string;
  readonly reason: string;
}
