import { isoFromEpochDay } from '../../services/core/events/epoch-day.ts';
import { modelOutputs } from '../../services/core/scoring/model-outputs.ts';
import { readHeads } from '../../services/core/scoring/read-heads.ts';
import type { Promotion } from '../../services/platform/runtime/promotion-file.ts';
import type { BackendName } from '../../services/platform/tensorflow/backend.ts';
import { loadModel } from '../../services/platform/tensorflow/load-model.ts';
import { encodeVectors } from '../backtest/encode-vectors.ts';
import { areaUnderCurve } from '../training/measures/area-under-curve.ts';
import { measureProbabilities } from '../training/measures/probability-measures.ts';
import { seededBits } from '../training/seeded-bits.ts';
import type { TrainedModel } from '../training/trained-model.ts';
import { pairedInterval } from './paired-interval.ts';

const seed = 1;

/**
 * Compares a new model's rehearsal with the model in service, on the rows the rehearsal is measured on. The new model is
 * held back when it ranks worse, or its probabilities are worse, by more than chance. The model in service may have been
 * trained on some of those outcomes, the rehearsal never: what doubt there is favours the model in service.
 */
export async function judgeModel(
  { judged, predictions, plan }: Pick<TrainedModel, 'judged' | 'predictions' | 'plan'>,
  inService: { readonly dir: string; readonly backend: BackendName },
): Promise<Promotion> {
  const model = await loadModel(inService.dir, { backend: inService.backend });
  try {
    const { name, version, calibration } = model.manifest;
    const rows = judged.rows.length;
    const heads = model.predict(rows, encodeVectors(judged.vectors.unpack(), model.manifest));
    const theirs = judged.rows.map((_, row) => readHeads(heads, row * modelOutputs.length, calibration).churn.p90);
    const verdict = compareProbabilities(
      predictions.map(({ churn }) => churn.p90),
      theirs,
      judged.rows.map(({ outcome }) => outcome.silent[2]),
    );
    return { ...verdict, against: `${name}/${version}`, measuredAt: isoFromEpochDay(plan.newest), rows, forced: null };
  } finally {
    model.dispose();
  }
}

/** The differences, new less old, and whether the new one may go into service. */
export function compareProbabilities(
  ours: readonly number[],
  theirs: readonly number[],
  labels: readonly boolean[],
): Pick<Promotion, 'promoted' | 'auc' | 'logLoss'> {
  const logLossOf = (p: readonly number[], y: readonly boolean[]): number => measureProbabilities(p, y).logLoss;
  const auc = pairedInterval([ours, theirs], labels, areaUnderCurve, seededBits(seed));
  const logLoss = pairedInterval([ours, theirs], labels, logLossOf, seededBits(seed));
  return { promoted: !(auc.high < 0) && !(logLoss.low > 0), auc, logLoss };
}
