import { setTimeout as pause } from 'node:timers/promises';
import { startService } from '../../support/service-process.ts';

const pollMs = 100;

export interface ScorerRun {
  readonly rate: number;
  readonly cpuPerEvent: number;
}

interface Progress {
  readonly at: number;
  readonly done: number;
  /** Of the process since it began. */
  readonly cpuSeconds: number;
}

/**
 * Runs the scorer as its own process until it has handled `records` events, repeated chunks counted once.
 * @returns events per second, and seconds of processor time of the scorer per event, from the first handled event seen to
 * the last
 */
export async function runScorer(env: Readonly<Record<string, string>>, records: number): Promise<ScorerRun> {
  const scorer = await startService('scorer', env);
  try {
    let first: Progress | null = null;
    for (;;) {
      const now = await readProgress(scorer.url);
      if (first === null && now.done > 0) first = now;
      if (first !== null && now.done >= records) {
        if ((await scorer.stop()) !== 0)
          throw new Error(`the scorer did not end well:\n${scorer.output().slice(-2000)}`);
        return between(first, now);
      }
      if (scorer.child.exitCode !== null) throw new Error(`the scorer ended:\n${scorer.output().slice(-2000)}`);
      await pause(pollMs);
    }
  } finally {
    if (scorer.child.exitCode === null) await scorer.stop();
  }
}

/** A scorer that answers late is asked again at the next poll. */
async function readProgress(url: string): Promise<Progress> {
  const text = await fetch(`${url}/metrics`).then(
    (answer) => answer.text(),
    () => '',
  );
  let done = 0;
  for (const [, value] of text.matchAll(/^tidewatch_records_total\{result="(?!degraded)[^}]*\} (\d+)/gm))
    done += Number(value);
  const cpuSeconds = Number(/^process_cpu_seconds_total(?:\{[^}]*\})? (\S+)/m.exec(text)?.[1] ?? 0);
  return { at: performance.now(), done, cpuSeconds };
}

function between(first: Progress, last: Progress): ScorerRun {
  const events = last.done - first.done;
  return {
    rate: events / ((last.at - first.at) / 1000),
    cpuPerEvent: (last.cpuSeconds - first.cpuSeconds) / events,
  };
}
