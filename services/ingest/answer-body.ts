import { resultNames } from './event-result.ts';
import type { EventResult, ResultName } from './event-result.ts';
import { quoteText } from './quote-text.ts';

/** Where an id stands more than once in a request, it shows the result that most asks for attention. */
const attention: Readonly<Record<EventResult['result'], number>> = {
  duplicate: 0,
  accepted: 1,
  suppressed: 2,
  conflict: 3,
  rejected: 4,
  retry: 5,
};

const plain = {
  accepted: '{"result":"accepted","code":null,"detail":null}',
  duplicate: '{"result":"duplicate","code":null,"detail":null}',
} as const;

/**
 * The body of every 2xx answer, as JSON: `{ success, results, counts }`. `results` has one entry per event id (or
 * `#index`) with `result`, `code` and `detail`; in `counts` every event counts once, also where several have one id. An
 * answer has an entry for every event, so it is written at once, without an object of as many members in between.
 */
export function buildAnswer(results: readonly EventResult[]): string {
  const counts: Record<ResultName, number> = { accepted: 0, duplicate: 0, rejected: 0, suppressed: 0, conflict: 0 };
  const byKey = new Map<string, EventResult>();
  for (const each of results) {
    if (each.result !== 'retry') counts[each.result] += 1;
    const before = byKey.get(each.key);
    if (before === undefined || attention[before.result] < attention[each.result]) byKey.set(each.key, each);
  }
  let entries = '';
  for (const [key, each] of byKey) entries += `${entries === '' ? '' : ','}${quoteText(key)}:${entryOf(each)}`;
  const counted = resultNames.map((name) => `"${name}":${counts[name]}`).join(',');
  return `{"success":true,"results":{${entries}},"counts":{${counted}}}`;
}

function entryOf({ result, code, detail }: EventResult): string {
  if ((result === 'accepted' || result === 'duplicate') && code === null && detail === null) return plain[result];
  return JSON.stringify({ result, code, detail });
}
