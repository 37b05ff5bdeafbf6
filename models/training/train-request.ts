import type { EpochDay } from '../../services/core/units.ts';
import type { BackendName } from '../../services/platform/tensorflow/backend.ts';
import type { NetCheckpoint } from './net-checkpoint.ts';
import type { DayOneModel } from './day-one/day-one-model.ts';
import type { TrainingProgress } from './training-progress.ts';

/** What to train a model on, and how. */
export interface TrainRequest {
  /** First day that is not looked at. */
  readonly until: EpochDay;
  /** Days that the predictions look ahead; 90 in a model that is to be served. */
  readonly horizonDays: number;
  readonly timezone: string;
  /** ISO code of the currency the amounts are in. */
  readonly currency: string;
  /** Nets that are trained and averaged. */
  readonly seeds: number;
  readonly seed: number;
  readonly epochs: number;
  readonly backend: BackendName;
  readonly progress: TrainingProgress;
  /** Where finished nets are kept, so that a killed run can be taken up; none by default. */
  readonly checkpoint?: NetCheckpoint;
  /** The model that nets and inputs begin with; without it inputs are chosen anew and nets begin at random. */
  readonly from?: DayOneModel;
}
