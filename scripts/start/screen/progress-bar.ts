import { Presets, SingleBar } from 'cli-progress';

/** Progress of long work: a bar on a terminal, a line now and then elsewhere. */
export interface ProgressBar {
  start(total: number): void;
  advance(by: number): void;
  stop(): void;
}

const lineEveryMs = 5_000;

export function createProgressBar(label: string, isTerminal: boolean, log: (line: string) => void): ProgressBar {
  return isTerminal ? createTerminalBar(label) : createLines(label, log);
}

function createTerminalBar(label: string): ProgressBar {
  const format = `${label} {bar} {percentage}% {value}/{total} {duration_formatted}`;
  const bar = new SingleBar({ format, hideCursor: true }, Presets.shades_classic);
  return { start: (total) => bar.start(total, 0), advance: (by) => bar.increment(by), stop: () => bar.stop() };
}

function createLines(label: string, log: (line: string) => void): ProgressBar {
  let total = 0;
  let done = 0;
  let saidAt = 0;
  const say = (): void => {
    saidAt = Date.now();
    log(`${label}: ${done} of ${total}`);
  };
  return {
    start: (all) => {
      total = all;
      say();
    },
    advance: (by) => {
      done += by;
      if (Date.now() - saidAt >= lineEveryMs) say();
    },
    stop: say,
  };
}
