import { setTimeout as pause } from 'node:timers/promises';
import { startService } from '../../../support/service-process.ts';

const pollMs = 100;

export interface AlertsRun {
  /** Scores per second, from the first decided score seen to the last. */
  readonly rate: number;
  /** Processor time of the process per score of the same stretch; other programs do not change it. */
  readonly cpuMicros: number;
}

/** Runs alerts as their own process until they have decided on `records` scores. */
export async function runAlerts(env: Readonly<Record<string, string>>, records: number): Promise<AlertsRun> {
  const alerts = await startService('alerts', env);
  try {
    let first: { at: number; done: number; cpuSeconds: number } | null = null;
    for (;;) {
      const { done, cpuSeconds } = await readMetrics(alerts.url);
      const at = performance.now();
      if (first === null && done > 0) first = { at, done, cpuSeconds };
      if (first !== null && done >= records) {
        if ((await alerts.stop()) !== 0) throw new Error(`alerts did not end well:\n${alerts.output().slice(-2000)}`);
        const scores = done - first.done;
        return {
          rate: scores / ((at - first.at) / 1000),
          cpuMicros: ((cpuSeconds - first.cpuSeconds) * 1e6) / scores,
        };
      }
      if (alerts.child.exitCode !== null) throw new Error(`alerts ended:\n${alerts.output().slice(-2000)}`);
      await pause(pollMs);
    }
  } finally {
    if (alerts.child.exitCode === null) await alerts.stop();
  }
}

/** A process that answers late is asked again at the next poll. */
async function readMetrics(url: string): Promise<{ readonly done: number; readonly cpuSeconds: number }> {
  const text = await fetch(`${url}/metrics`).then(
    (answer) => answer.text(),
    () => '',
  );
  let done = 0;
  for (const [, value] of text.matchAll(/^tidewatch_scores_read_total\{[^}]*\} (\d+)/gm)) done += Number(value);
  return { done, cpuSeconds: Number(/^process_cpu_seconds_total(?:\{[^}]*\})? (\S+)/m.exec(text)?.[1] ?? 0) };
}
