import { setTimeout as pause } from 'node:timers/promises';
import { startService } from '../../support/service-process.ts';

const pollMs = 100;

/**
 * Runs the scorer as its own process until it has handled `records` events, repeated chunks counted once.
 * @returns events per second, from the first handled event seen to the last
 */
export async function runScorer(env: Readonly<Record<string, string>>, records: number): Promise<{ rate: number }> {
  const scorer = await startService('scorer', env);
  try {
    let first: { at: number; done: number } | null = null;
    for (;;) {
      const done = await handled(scorer.url);
      const at = performance.now();
      if (first === null && done > 0) first = { at, done };
      if (first !== null && done >= records) {
        const rate = (done - first.done) / ((at - first.at) / 1000);
        if ((await scorer.stop()) !== 0)
          throw new Error(`the scorer did not end well:\n${scorer.output().slice(-2000)}`);
        return { rate };
      }
      if (scorer.child.exitCode !== null) throw new Error(`the scorer ended:\n${scorer.output().slice(-2000)}`);
      await pause(pollMs);
    }
  } finally {
    if (scorer.child.exitCode === null) await scorer.stop();
  }
}

/** A scorer that answers late is asked again at the next poll. */
async function handled(url: string): Promise<number> {
  const text = await fetch(`${url}/metrics`).then(
    (answer) => answer.text(),
    () => '',
  );
  let sum = 0;
  for (const [, value] of text.matchAll(/^tidewatch_records_total\{result="(?!degraded)[^}]*\} (\d+)/gm))
    sum += Number(value);
  return sum;
}
