import type { LevelCutoff } from '../../services/core/events/customer-record.ts';
import type { Prediction } from '../../services/core/scoring/prediction.ts';
import type { Calibration } from '../../services/core/scoring/model-manifest.ts';
import type { NetworkWeights } from '../../services/platform/tensorflow/network-weights.ts';
import type { CutTable } from './cut-table.ts';
import type { ModelFigures } from './measure-model.ts';
import type { CutPlan } from './cut-plan.ts';
import type { InputCoding } from './input-coding.ts';
import type { RunEvidence } from './run-evidence.ts';
import type { Season } from './season/season.ts';

/** A model in memory, with what its manifest and card say about it. */
export interface TrainedModel {
  readonly nets: readonly NetworkWeights[];
  /** Passes over the rows that each net was trained for. */
  readonly epochs: number;
  readonly coding: InputCoding;
  readonly calibration: Calibration;
  /** The season that the calibration stands for; null for the mean of all. */
  readonly season: Season | null;
  readonly levelCutoffs: readonly LevelCutoff[];
  readonly figures: ModelFigures;
  /** What a report shows of the rehearsal; computed when asked for. */
  readonly evidence: () => RunEvidence;
  /** The newest cut's rows, with what the rehearsal says of each. */
  readonly judged: CutTable;
  readonly predictions: readonly Prediction[];
  readonly plan: CutPlan;
  readonly trainingRows: number;
  readonly customers: number;
  readonly orders: number;
  /** All customers at `until`, of whom no outcome is known; golden vectors are taken from it. */
  readonly now: CutTable;
}
