import type { ErrorCode } from '../core/errors.ts';
import { resultNames } from './event-result.ts';
import type { EventResult, ResultName } from './event-result.ts';

/** The body of every 2xx answer. */
export interface AnswerBody {
  readonly success: true;
  readonly results: Readonly<Record<string, ResultBody>>;
  /** Every event counts once, also where several have one id. */
  readonly counts: Readonly<Record<ResultName, number>>;
}

export interface ResultBody {
  readonly result: ResultName | 'retry';
  readonly code: ErrorCode | null;
  readonly detail: string | null;
}

/** Where an id stands more than once in a request, it shows the result that most asks for attention. */
const attention: readonly ResultBody['result'][] = [
  'duplicate', 'accepted', 'suppressed', 'conflict', 'rejected', 'retry',
]; // prettier-ignore

/** One entry per event id (or `#index`), and the counts of all events. */
export function buildAnswer(results: readonly EventResult[]): AnswerBody {
  // Without a prototype, so that an event may have any id.
  const byKey = Object.create(null) as Record<string, ResultBody>;
  const counts = Object.fromEntries(resultNames.map((name) => [name, 0])) as Record<ResultName, number>;
  for (const { key, result, code, detail } of results) {
    if (result !== 'retry') counts[result] += 1;
    const before = byKey[key];
    if (before === undefined || attention.indexOf(before.result) < attention.indexOf(result)) {
      byKey[key] = { result, code, detail };
    }
  }
  return { success: true, results: byKey, counts };
}
