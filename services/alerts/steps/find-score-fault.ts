import { EngineError } from '../../core/errors.ts';
import { levels } from '../../core/scoring/level.ts';
import type { Score } from '../../core/scoring/score.ts';

/** Last day and millisecond that a calendar date can be written for; a task's deadlines lie some days later. */
const lastDay = 100_000_000;
const latestReceipt = (lastDay - 1_000) * 86_400_000;
const knownLevels: ReadonlySet<string> = new Set(levels);

/** Why a well-formed Avro record is still no score that a task may be decided on; null when it is one. */
export function findScoreFault(score: Score): EngineError | null {
  const field = impossibleField(score);
  if (field === null) return null;
  const message = `A record of the scores topic has an impossible ${field}; look at the scorer that wrote it.`;
  return new EngineError('ERR_RECORD_DECODE', message, { retryable: false, context: { field } });
}

function impossibleField(score: Score): string | null {
  const { p30, p60, p90 } = score.churn;
  if (score.tenant === '') return 'tenant';
  if (!/^[0-9a-f]{32}$/.test(score.surrogate)) return 'surrogate';
  if (!knownLevels.has(score.level)) return 'level';
  if (![p30, p60, p90].every((p) => p >= 0 && p <= 1)) return 'churn';
  const notFinite = partNotFinite(score);
  if (notFinite !== null) return notFinite;
  if (!Number.isInteger(score.asOf) || Math.abs(score.asOf) > lastDay) return 'asOf';
  if (!Number.isSafeInteger(score.stateVersion) || score.stateVersion < 1) return 'stateVersion';
  if (!(score.receivedAt >= 0 && score.receivedAt <= latestReceipt)) return 'receivedAt';
  return null;
}

/** A stored task holds no such numbers: read back, they would fit no record any more, and hold up the partition. */
function partNotFinite({ pAlive, expectedSpend90d: spend, clv, reasons }: Score): string | null {
  if (!Number.isFinite(pAlive ?? 0)) return 'pAlive';
  if (spend !== null && ![spend.mean, spend.median].every(Number.isFinite)) return 'expectedSpend90d';
  if (clv !== null && ![clv.mean, clv.low, clv.high].every(Number.isFinite)) return 'clv';
  return reasons?.every(({ contribution }) => Number.isFinite(contribution)) === false ? 'reasons' : null;
}
