import { featureNames } from '../../core/features/feature-catalogue.ts';
import { traceHeaders } from '../../core/ports/tracer.ts';
import { createVectorEncoder } from '../../core/scoring/encode-vector.ts';
import { isTrustworthy } from '../../core/scoring/finite-guard.ts';
import { hasMoved } from '../../core/scoring/has-moved.ts';
import { nextLevel } from '../../core/scoring/level.ts';
import type { Prediction } from '../../core/scoring/prediction.ts';
import { readHeads } from '../../core/scoring/read-heads.ts';
import type { Score } from '../../core/scoring/score.ts';
import { createVectorHasher } from '../../core/scoring/vector-hash.ts';
import type { Assignment } from '../../core/segments/segmenter.ts';
import { createTenantValuers } from '../../core/value/tenant-valuers.ts';
import { assignSegments } from '../assign-segments.ts';
import { composeScore } from '../compose-score.ts';
import { composeSegmentChanges } from '../compose-segment-changes.ts';
import { needsReasons } from '../needs-reasons.ts';
import type { ScorerDeps } from '../scorer-deps.ts';
import { count, type ScoredRow, type ScorerContext } from '../scorer-context.ts';

export type PredictDeps = Pick<ScorerDeps, 'model' | 'digest' | 'segments' | 'tellReasons' | 'takeTurns'> & {
  readonly codecs: Pick<ScorerDeps['codecs'], 'scores' | 'segments'>;
  readonly topics: Pick<ScorerDeps['topics'], 'scores' | 'segments'>;
};

/** Scores told reasons for, some milliseconds each, before heartbeats, requests and scrapes have their turn. */
const reasonsInTurn = 4;

/**
 * One call of the model for all rows of the chunk, then each score in log order: a score's level and its segments depend
 * on the customer's score before it. A row whose inputs or outputs are not finite never becomes a normal score (P6).
 * A score whose level is new says why. Changed segments are published beside the score, before any state is written.
 */
export function createPredictScores(deps: PredictDeps): (context: ScorerContext) => Promise<void> {
  const { model, digest, segments: plan } = deps;
  const encode = createVectorEncoder(model.manifest, featureNames);
  const width = featureNames.length;
  const [inputs, outputs] = [model.manifest.inputs.length, model.manifest.outputs.length];
  const valueOf = createTenantValuers(model.manifest, (tenant) => plan.settingsOf(tenant).value, featureNames);
  const hashVector = createVectorHasher(digest, width);

  return async function predictScores(context) {
    const { rows, features } = context;
    if (rows.length === 0) return;
    const matrix = new Float32Array(rows.length * inputs);
    const usable = rows.map((_, i) => encode(features, i * width, matrix, i * inputs));
    const heads = model.predict(rows.length, matrix);
    let told = 0;
    for (const [i, row] of rows.entries()) {
      const reading = readHeads(heads, i * outputs, model.manifest.calibration);
      const prediction = usable[i] && isTrustworthy(reading, heads, i * outputs) ? reading : null;
      // how value is counted is pinned with the segments: activations from before there were any have no value either
      const isValued = prediction !== null && typeof row.activation.segments === 'string';
      const value = isValued ? valueOf(row.tenant.id, features, i * width, prediction) : null;
      const segments = assignSegments(plan, row, { features, at: i * width, prediction, value });
      const isPublished = row.cause !== 'day' || isWorthPublishing(row, prediction, segments);
      context.verdicts.push(null);
      // Also where it is not published: who stands elsewhere is news for KPIs, as it is for the topic of segments.
      if (isPublished || segments.isPrimaryChanged) {
        const vectorHash = hashVector(features, i * width);
        const scoreCodec = deps.codecs.scores;
        const score = composeScore({ row, prediction, value, segments, vectorHash, digest, scoreCodec });
        const before = row.entry.state.lastScore?.level ?? 'none';
        context.verdicts[i] = { score, isElsewhere: segments.isPrimaryChanged || score.level !== before };
        const vector = matrix.subarray(i * inputs, (i + 1) * inputs);
        const complete = isPublished ? withReasons(deps, score, { row, features, at: i * width, vector }) : null;
        if (complete !== null) keepScore(deps, context, row, complete);
        told += (complete?.reasons?.length ?? 0) > 0 ? 1 : 0;
      }
      if (segments.changes.length > 0) keepChanges(deps, context, row, segments);
      if (told < reasonsInTurn) continue;
      told = 0;
      await deps.takeTurns();
    }
  };
}

/** A score that somebody acts on, with its reasons; of somebody without a risk there is none to tell. */
function withReasons(
  { codecs, tellReasons }: PredictDeps,
  score: Score,
  { row, features, at, vector }: { row: ScoredRow; features: Float64Array; at: number; vector: Float32Array },
): Score {
  if (!needsReasons(score, row.entry.state.lastScore, codecs.scores)) return score;
  const { currency } = row.tenant;
  return { ...score, reasons: score.level === 'none' ? [] : tellReasons({ raw: features, at, vector, currency }) };
}

function keepScore({ codecs, topics }: PredictDeps, context: ScorerContext, row: ScoredRow, score: Score): void {
  const body = codecs.scores.encodeBody(score);
  const { key, state } = row.entry;
  state.lastScore = { level: score.level, churn90: score.churn.p90, receivedAt: score.receivedAt, body };
  const value = codecs.scores.frame(body);
  const headers = traceHeaders(context.spans.get(row.record));
  const { partition } = context.chunk;
  context.outgoing.push({ topic: topics.scores, key: key.surrogate, partition, value, ...headers });
  context.scores.push(score);
  if (!score.degraded) return;
  context.degraded.push(row);
  count(context, 'degraded');
}

function keepChanges(deps: PredictDeps, context: ScorerContext, row: ScoredRow, segments: Assignment): void {
  const value = deps.codecs.segments.encode(composeSegmentChanges(row, segments, deps.digest));
  const { partition } = context.chunk;
  context.outgoing.push({ topic: deps.topics.segments, key: row.entry.key.surrogate, partition, value });
  context.segmentChanges += segments.changes.length;
}

/**
 * A day that passed in silence is news only if the risk moved, or what the score says of tier or stage is another now;
 * what cannot be trusted is no news at all.
 */
function isWorthPublishing(
  { entry, activation }: ScoredRow,
  prediction: Prediction | null,
  { isPrimaryChanged }: Assignment,
): boolean {
  if (prediction === null) return false;
  if (isPrimaryChanged) return true;
  const last = entry.state.lastScore;
  const churn90 = prediction.churn.p90;
  const level = nextLevel(churn90, last?.level ?? 'none', activation.levelCutoffs);
  return hasMoved(last, { level, churn90 });
}
