import type { CliIo } from '../cli-io.ts';
import { createCountProgress } from '../count-progress.ts';
import type { DlqClient, LetterResult } from './dlq-client.ts';

export interface SettleRequest {
  readonly how: 'replay' | 'drop';
  readonly ids: readonly string[];
  readonly options: { readonly dryRun: boolean; readonly asNewId?: boolean };
}

const lettersPerCall = 100;
/** Outcomes with which a letter stays open although it was to be settled. */
const unsettled: ReadonlySet<string> = new Set([
  'rejected', 'conflict', 'suppressed', 'refused', 'try-again', 'not-found',
]); // prettier-ignore

/** Replays or drops letters, call by call, and writes what became of them. @returns whether all of them are settled */
export async function settleLetters(
  client: DlqClient,
  { how, ids, options }: SettleRequest,
  io: CliIo,
): Promise<boolean> {
  const progress = createCountProgress(io, how, ids.length);
  const results: LetterResult[] = [];
  try {
    for (let start = 0; start < ids.length; start += lettersPerCall) {
      const part = ids.slice(start, start + lettersPerCall);
      results.push(...(await client.settle(how, { ids: part, ...options })));
      progress.add(part.length);
    }
  } finally {
    progress.end();
    io.stdout.write(describeResults(results, options.dryRun));
  }
  return !results.some(({ outcome }) => unsettled.has(outcome));
}

function describeResults(results: readonly LetterResult[], dryRun: boolean): string {
  const counts = new Map<string, number>();
  for (const { outcome } of results) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const lines = results
    .filter(({ outcome }) => unsettled.has(outcome))
    .map(({ id, outcome, code, detail }) => `${id}  ${outcome}  ${[code, detail].filter(Boolean).join(': ')}\n`);
  const sum = [...counts]
    .sort()
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ');
  return `${lines.join('')}${dryRun ? 'Nothing was changed. ' : ''}${results.length} letters: ${sum || 'nothing to do'}\n`;
}
