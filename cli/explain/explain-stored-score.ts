import { join } from 'node:path';
import { EngineError } from '../../services/core/errors.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { createExplainer } from '../../services/core/reasons/create-explainer.ts';
import type { Explanation } from '../../services/core/reasons/explanation.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import { createVectorHasher } from '../../services/core/scoring/vector-hash.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { loadModel } from '../../services/platform/tensorflow/load-model.ts';
import type { CliIo } from '../cli-io.ts';
import { openEventsLog } from '../import/events-log.ts';
import { findTarget, type Target } from '../import/target.ts';
import { readBackend } from '../read-backend.ts';
import { findStoredScore } from './find-stored-score.ts';
import { ScoreReplay } from './score-replay.ts';

export interface StoredScoreOptions {
  readonly score: string;
  readonly tenant?: string;
  readonly directory: string;
  /** Model that made the score; its version below TIDEWATCH_MODEL_DIR where it is not given. */
  readonly model?: string;
  readonly backend: string;
}

export interface ExplainedScore {
  readonly score: Score;
  readonly explanation: Explanation;
}

/**
 * Explains a score that stands on a topic: the log of its customer is folded up to its record, and the vector is the one it
 * was made of, to the bit, which its hash shows.
 * @throws ERR_NOT_FOUND when the score, its record or its vector is not there any more
 */
export async function explainStoredScore(options: StoredScoreOptions, io: CliIo): Promise<ExplainedScore> {
  const target = await findTarget(options, io);
  const score = await findStoredScore(target, options.score, io);
  if (score === null)
    throw notFound(`No topic holds the score ${options.score} of the tenant ${target.tenant}; scores are kept for some days, the latest of each customer for good.`); // prettier-ignore
  const raw = await rebuildVector(target, score, io);
  const model = await loadModel(options.model ?? modelOf(score, io), { backend: readBackend(options.backend) });
  try {
    const { name, version } = model.manifest;
    if (`${name}/${version}` !== score.modelVersion)
      throw notFound(`The score was made by ${score.modelVersion}, not by ${name}/${version}; name its model with --model.`); // prettier-ignore
    const explanation = createExplainer(model, featureNames)(raw, target.currency);
    if (explanation !== null) return { score, explanation };
    throw notFound('The figures of the customer could not be scored: the score carries those of the one before.');
  } finally {
    model.dispose();
  }
}

async function rebuildVector(target: Target, score: Score, io: CliIo): Promise<Float64Array> {
  const context = { calendar: createBusinessCalendar(target.timezone), digest: nodeDigest };
  const replay = new ScoreReplay(score, context);
  const log = await openEventsLog(target, io);
  const closedDays = new Map<number, number>();
  await log.scan((record, partition, offset) => {
    const closed = closedDays.get(partition) ?? 0;
    replay.read(record, { epoch: 1, partition, offset }, closed);
    if (record.tenant === score.tenant && record.dayClosed !== null)
      closedDays.set(partition, Math.max(closed, record.dayClosed.day));
  });
  const raw = replay.vector(minorPerMajor(currencyExponent(target.currency) ?? 2));
  const hash = raw && createVectorHasher(nodeDigest, featureNames.length)(raw, 0);
  if (raw !== null && hash === score.vectorHash) return raw;
  throw notFound(
    raw === null
      ? 'The record that the score was made from is not on the events topic any more.'
      : 'The events topic does not give the vector of the score any more: it has lost records, or got more partitions since.',
  );
}

function modelOf({ modelVersion }: Score, { env }: CliIo): string {
  return join(env['TIDEWATCH_MODEL_DIR'] || 'models/retention', modelVersion.split('/')[1] ?? '');
}

function notFound(message: string): EngineError {
  return new EngineError('ERR_NOT_FOUND', message, { retryable: false });
}
