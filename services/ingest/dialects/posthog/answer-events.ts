import type { EventResult } from '../../event-result.ts';

const words = {
  accepted: 'ok',
  duplicate: 'ok',
  suppressed: 'warning',
  rejected: 'drop',
  conflict: 'drop',
  retry: 'retry',
} as const;

type Word = (typeof words)[keyof typeof words];

/** Where an id stands more than once, it shows the word that most asks for attention: one `retry` sends all of it again. */
const attention: readonly Word[] = ['ok', 'warning', 'drop', 'retry'];

/** The answer of capture v1: whether each event is written, refused for good, or to be sent again. */
export function answerEvents(results: readonly EventResult[]): string {
  const answers = new Map<string, { readonly result: Word; readonly details: string | undefined }>();
  for (const { key, result, code, detail } of results) {
    const word = words[result];
    const before = answers.get(key);
    if (before !== undefined && attention.indexOf(before.result) >= attention.indexOf(word)) continue;
    const details = code === null ? undefined : [code, detail].filter((part) => part !== null).join(': ');
    answers.set(key, { result: word, details });
  }
  // Entries, so that an event may have any id.
  return JSON.stringify({ results: Object.fromEntries(answers) });
}
