import { featureNames } from '../../core/features/feature-catalogue.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { ModelScorer } from '../../core/ports/model-scorer.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import { createVectorEncoder } from '../../core/scoring/encode-vector.ts';
import { isTrustworthy } from '../../core/scoring/finite-guard.ts';
import { hasMoved } from '../../core/scoring/has-moved.ts';
import { nextLevel } from '../../core/scoring/level.ts';
import type { Prediction } from '../../core/scoring/prediction.ts';
import { readHeads } from '../../core/scoring/read-heads.ts';
import type { Score } from '../../core/scoring/score.ts';
import { createVectorHasher } from '../../core/scoring/vector-hash.ts';
import { composeScore } from '../compose-score.ts';
import { count, type ScoredRow, type ScorerContext } from '../scorer-context.ts';

export interface PredictDeps {
  readonly model: ModelScorer;
  readonly digest: Digest;
  readonly scoreCodec: RecordCodec<Score>;
  /** Topic of the scores. */
  readonly topic: string;
}

/**
 * One call of the model for all rows of the chunk, then each score in log order: a score's level depends on the
 * customer's score before it. A row whose inputs or outputs are not finite never becomes a normal score (P6).
 */
export function createPredictScores(deps: PredictDeps): (context: ScorerContext) => void {
  const { model, digest, scoreCodec, topic } = deps;
  const encode = createVectorEncoder(model.manifest, featureNames);
  const width = featureNames.length;
  const inputs = model.manifest.inputs.length;
  const outputs = model.manifest.outputs.length;
  const hashVector = createVectorHasher(digest, width);

  return function predictScores(context) {
    const { rows, features } = context;
    if (rows.length === 0) return;
    const matrix = new Float32Array(rows.length * inputs);
    const usable = rows.map((_, i) => encode(features, i * width, matrix, i * inputs));
    const heads = model.predict(rows.length, matrix);
    rows.forEach((row, i) => {
      const reading = readHeads(heads, i * outputs, model.manifest.calibration);
      const prediction = usable[i] && isTrustworthy(reading, heads, i * outputs) ? reading : null;
      if (row.cause === 'day' && !isWorthPublishing(row, prediction)) return;
      const score = composeScore({ row, prediction, vectorHash: hashVector(features, i * width), digest, scoreCodec });
      const body = scoreCodec.encodeBody(score);
      const { key, state } = row.entry;
      state.lastScore = { level: score.level, churn90: score.churn.p90, receivedAt: score.receivedAt, body };
      context.outgoing.push({
        topic,
        key: key.surrogate,
        partition: context.chunk.partition,
        value: scoreCodec.frame(body),
      });
      context.scores.push(score);
      if (score.degraded) {
        context.degraded.push(row);
        count(context, 'degraded');
      }
    });
  };
}

/** A day that passed in silence is news only if the risk moved; what cannot be trusted is no news at all. */
function isWorthPublishing({ entry, activation }: ScoredRow, prediction: Prediction | null): boolean {
  if (prediction === null) return false;
  const last = entry.state.lastScore;
  const churn90 = prediction.churn.p90;
  const level = nextLevel(churn90, last?.level ?? 'none', activation.levelCutoffs);
  return hasMoved(last, { level, churn90 });
}
