import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { EngineError } from '../../services/core/errors.ts';
import type { BusinessCalendar } from '../../services/core/events/business-day.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import { scoreFromJson } from '../../services/core/scoring/score-from-json.ts';

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
  return scoreFromJson(json, (asOf) => calendar.startOf(asOf));
}

function dataFault(message: string, cause?: unknown): EngineError {
  return new EngineError('ERR_DATA_FILE', message, { retryable: false, cause });
}
