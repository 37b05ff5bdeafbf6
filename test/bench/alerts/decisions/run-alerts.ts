import { setTimeout as pause } from 'node:timers/promises';
import { startService } from '../../../support/service-process.ts';

const pollMs = 100;

/**
 * Runs alerts as their own process until they have decided on `records` scores.
 * @returns scores per second, from the first decided score seen to the last
 */
export async function runAlerts(env: Readonly<Record<string, string>>, records: number): Promise<number> {
  const alerts = await startService('alerts', env);
  try {
    let first: { at: number; done: number } | null = null;
    for (;;) {
      const done = await decided(alerts.url);
      const at = performance.now();
      if (first === null && done > 0) first = { at, done };
      if (first !== null && done >= records) {
        if ((await alerts.stop()) !== 0) throw new Error(`alerts did not end well:\n${alerts.output().slice(-2000)}`);
        return (done - first.done) / ((at - first.at) / 1000);
      }
      if (alerts.child.exitCode !== null) throw new Error(`alerts ended:\n${alerts.output().slice(-2000)}`);
      await pause(pollMs);
    }
  } finally {
    if (alerts.child.exitCode === null) await alerts.stop();
  }
}

/** A process that answers late is asked again at the next poll. */
async function decided(url: string): Promise<number> {
  const text = await fetch(`${url}/metrics`).then(
    (answer) => answer.text(),
    () => '',
  );
  let sum = 0;
  for (const [, value] of text.matchAll(/^tidewatch_scores_read_total\{[^}]*\} (\d+)/gm)) sum += Number(value);
  return sum;
}
