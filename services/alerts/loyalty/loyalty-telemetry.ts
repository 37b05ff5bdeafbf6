import type { LoyaltyResult } from '../../core/loyalty/apply-loyalty-input.ts';

/** What became of a change of level: sent, refused by ingest, or of a customer whose own id is not known. */
export type ToldResult = 'sent' | 'refused' | 'unnamed';

/** What loyalty tells its observers; called per chunk or page. */
export interface LoyaltyTelemetry {
  /** What inputs did, told once the state that holds it is written. */
  booked(results: readonly LoyaltyResult[]): void;
  /** Records of one of the topics that could not be read, and are left to the service that sets them aside. */
  unreadable(count: number, topic: string): void;
  levelTold(result: ToldResult, direction: 'up' | 'down'): void;
}
