import type { EpochDay } from '../units.ts';
import type { FeatureState } from './customer-state.ts';
import type { SignalWindows } from './signals/signal-windows.ts';

/** What a feature is, as shown in the feature reference page. */
export interface FeatureDefinition {
  readonly name: string;
  readonly unit: 'days' | 'count' | 'money' | 'ratio' | 'points';
  /** One sentence: meaning, and what happens on empty, late and duplicate input. */
  readonly description: string;
  /**
   * First revision of the feature set whose states hold what this feature reads (`features-revision.ts`); 1 when absent.
   * On a state of an earlier revision the feature is undefined.
   */
  readonly since?: number;
}

/** What a vector is computed for, besides the state. */
export interface VectorFrame {
  /** First business day not included: a window of W days is [asOf - W, asOf). */
  readonly asOf: EpochDay;
  /** Minor units in one major unit of the reporting currency. */
  readonly minorPerMajor: number;
  /** The customer's signals before asOf; all zero where there are none. */
  readonly signals: SignalWindows;
}

/**
 * Features that are computed together in one pass. `write` puts one number per definition into `out`, beginning at
 * `at`; NaN where a feature is not defined for this customer. Money is in major units.
 */
export interface FeatureFamily {
  /** Heading in the feature reference page. */
  readonly title: string;
  /** One sentence: which events the family reads, and how. */
  readonly reads: string;
  readonly definitions: readonly FeatureDefinition[];
  /** The features are constants for a customer without any signal. */
  readonly isOfSignals?: boolean;
  write(state: FeatureState, frame: VectorFrame, out: Float64Array, at: number): void;
}
