import { EngineError } from '../../core/errors.ts';
import type { KpiFact } from '../../core/kpis/kpi-fact.ts';

/** Last millisecond that a calendar date can be written for, less what periods may reach beyond it. */
const latest = (100_000_000 - 1_000) * 86_400_000;

/** Why a well-formed record of the topic of facts still is no fact that may be counted; null when it is one. */
export function findFactFault(fact: KpiFact): EngineError | null {
  const field = impossibleField(fact);
  if (field === null) return null;
  const message = `A record of the topic of KPI facts has an impossible ${field}; look at whoever wrote it.`;
  return new EngineError('ERR_RECORD_DECODE', message, { retryable: false, context: { field } });
}

function impossibleField({ tenant, surrogate, factId, at, sequence, epoch, sign, amountMinor, standing }: KpiFact) {
  if (tenant === '') return 'tenant';
  if (surrogate === '') return 'surrogate';
  if (factId === '') return 'factId';
  if (!Number.isSafeInteger(at) || Math.abs(at) > latest) return 'at';
  if (!Number.isSafeInteger(sequence) || sequence < 0) return 'sequence';
  if (epoch < 0) return 'epoch';
  if (sign !== 1 && sign !== -1) return 'sign';
  if (amountMinor !== null && !Number.isSafeInteger(amountMinor)) return 'amountMinor';
  if (standing === null) return null;
  if (standing.clvMinor !== null && !Number.isSafeInteger(standing.clvMinor)) return 'standing.clvMinor';
  return Math.abs(standing.asOf) > latest / 86_400_000 ? 'standing.asOf' : null;
}
