import type { ScoreCause } from '../scoring/score.ts';
import type { EpochDay, EpochMs, Surrogate } from '../units.ts';
import type { PlaceChange } from './segmenter.ts';

/**
 * What one record did to a customer's segments, field for field as in `schemas/segment-changes.v1.avsc`. Nothing in it
 * depends on the clock.
 */
export interface SegmentChanges {
  readonly changeId: string;
  readonly tenant: string;
  readonly surrogate: Surrogate;
  readonly customerRef: string | null;
  readonly source: string;
  readonly eventId: string;
  /** Empty for a closed day. */
  readonly eventType: string;
  /** `activation`: this is the first record under other cut-offs, another model or another configuration. */
  readonly cause: Extract<ScoreCause, 'event' | 'late' | 'day' | 'activation'>;
  /** First business day not included. */
  readonly asOf: EpochDay;
  /** When the event occurred or the day ended. */
  readonly at: EpochMs;
  readonly stateVersion: number;
  readonly activationId: string;
  /** Version of the segment configuration. */
  readonly segments: string;
  readonly historical: boolean;
  /** At least one. */
  readonly changes: readonly PlaceChange[];
}
