import { epochDayFromIso } from '../events/epoch-day.ts';
import type { EpochDay, EpochMs } from '../units.ts';
import type { Score } from './score.ts';
import { scoreJsonSchema } from './score-json-schema.ts';

/**
 * Reads what `scoreToJson` wrote. It does not say when the score was made, nor from which event: `madeAt` says it of its
 * business day, and what is missing is empty. For anything else the first thing that is wrong, without its value, which may
 * be personal.
 */
export function scoreFromJson(json: unknown, madeAt: (asOf: EpochDay) => EpochMs): Score | string {
  const { success, data, error } = scoreJsonSchema.safeParse(json);
  if (!success) {
    const [issue] = error.issues;
    return issue === undefined ? 'is no score' : `${issue.path.join('.') || 'the whole'}: ${issue.message}`;
  }
  const { customerId, version, churn, reasons, ...same } = data;
  const asOf = epochDayFromIso(data.asOf);
  const at = madeAt(asOf);
  return {
    ...same,
    surrogate: customerId.slice(1),
    source: '',
    eventId: data.scoreId,
    asOf,
    stateVersion: version,
    activationId: '',
    vectorHash: '',
    churn: { p30: churn[30], p60: churn[60], p90: churn[90] },
    reasons: reasons && reasons.map(({ text, ...rest }) => ({ ...rest, en: text.en, zhCN: text['zh-CN'] })),
    historical: false,
    occurredAt: at,
    receivedAt: at,
  };
}
