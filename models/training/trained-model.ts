import type { LevelCutoff } from '../../services/core/events/customer-record.ts';
import type { Calibration, ModelInput } from '../../services/core/scoring/model-manifest.ts';
import type { NetworkWeights } from '../../services/platform/tensorflow/network-weights.ts';
import type { CutTable } from './cut-table.ts';
import type { ModelFigures } from './measure-model.ts';
import type { CutPlan } from './cut-plan.ts';

/** A model in memory, with what its manifest and card say about it. */
export interface TrainedModel {
  readonly nets: readonly NetworkWeights[];
  readonly bestEpochs: readonly number[];
  readonly inputs: readonly ModelInput[];
  readonly calibration: Calibration;
  readonly levelCutoffs: readonly LevelCutoff[];
  readonly figures: ModelFigures;
  readonly plan: CutPlan;
  readonly trainingRows: number;
  readonly customers: number;
  readonly orders: number;
  /** The newest cut; golden vectors are taken from it. */
  readonly newest: CutTable;
}
