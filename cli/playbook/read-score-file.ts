import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { EngineError } from '../../services/core/errors.ts';
import type { BusinessCalendar } from '../../services/core/events/business-day.ts';
import { epochDayFromIso } from '../../services/core/events/epoch-day.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import { scoreJsonSchema } from '../../services/core/scoring/score-json-schema.ts';

const mostFaults = 10;

/**
 * Scores of a file with one JSON object a line, each as `GET /v1/customers/{id}/score` answers it. Such a score does not say
 * when it was made, so it counts from the beginning of its business day `asOf`.
 * @throws ERR_DATA_FILE with the first lines that are no scores, or when the file cannot be read
 */
export async function readScoreFile(file: string, calendar: BusinessCalendar): Promise<readonly Score[]> {
  const scores: Score[] = [];
  const faults: string[] = [];
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      number += 1;
      if (line.trim() === '') continue;
      const read = readLine(line, calendar);
      if (typeof read === 'string') faults.push(`line ${number}: ${read}`);
      else scores.push(read);
      if (faults.length === mostFaults) break;
    }
  } catch (cause) {
    throw dataFault(`${file} cannot be read; name a file of scores, one JSON object a line.`, cause);
  }
  if (faults.length > 0) throw dataFault(`${file} does not hold scores alone. Mend or leave out\n${faults.join('\n')}`);
  if (scores.length === 0) throw dataFault(`${file} holds no scores; write one JSON object a line.`);
  return scores;
}

/** The score, or what is wrong with the line: without its values, which may be personal. */
function readLine(line: string, calendar: BusinessCalendar): Score | string {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return 'is no JSON object';
  }
  const { success, data, error } = scoreJsonSchema.safeParse(json);
  if (success) return toScore(data, calendar);
  const [issue] = error.issues;
  return issue === undefined ? 'is no score' : `${issue.path.join('.') || 'the line'}: ${issue.message}`;
}

function toScore(json: z.infer<typeof scoreJsonSchema>, calendar: BusinessCalendar): Score {
  const { customerId, version, churn, reasons, ...same } = json;
  const asOf = epochDayFromIso(json.asOf);
  const at = calendar.startOf(asOf);
  return {
    ...same,
    surrogate: customerId.slice(1),
    source: '',
    eventId: json.scoreId,
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

function dataFault(message: string, cause?: unknown): EngineError {
  return new EngineError('ERR_DATA_FILE', message, { retryable: false, cause });
}
