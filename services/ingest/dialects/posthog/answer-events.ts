import type { EventResult } from '../../event-result.ts';

const words = {
  accepted: 'ok',
  duplicate: 'ok',
  suppressed: 'warning',
  rejected: 'drop',
  conflict: 'drop',
  retry: 'retry',
} as const;

/** The answer of capture v1: whether each event is written, refused for good, or to be sent again. */
export function answerEvents(results: readonly EventResult[]): unknown {
  // Entries, so that an event may have any id.
  const entries = results.map(({ key, result, code, detail }) => {
    const details = code === null ? undefined : [code, detail].filter((part) => part !== null).join(': ');
    return [key, { result: words[result], details }] as const;
  });
  return { results: Object.fromEntries(entries) };
}
