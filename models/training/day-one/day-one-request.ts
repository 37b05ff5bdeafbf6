import type { EpochDay } from '../../../services/core/units.ts';
import type { BackendName } from '../../../services/platform/tensorflow/backend.ts';
import type { TrainingProgress } from '../training-progress.ts';
import type { RealShop } from './real-shop.ts';

/** What to make a model of that knows no shop. */
export interface DayOneRequest {
  /** Simulated shops it learns from; a fifth as many, of other seeds, judge it. */
  readonly shops: number;
  /** A shop that was, to learn from as well; null for simulated ones alone. */
  readonly real: RealShop | null;
  /** First day of the real shop that is not looked at. */
  readonly until: EpochDay;
  readonly seeds: number;
  readonly seed: number;
  readonly epochs: number;
  readonly backend: BackendName;
  readonly progress: TrainingProgress;
}
