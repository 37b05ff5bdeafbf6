import { SingleBar } from 'cli-progress';
import type { CliIo } from './cli-io.ts';

/** Shows how far a count has come. */
export interface CountProgress {
  add(count: number): void;
  end(): void;
}

/** A bar that moves, on a terminal; a line per fifth of the work, elsewhere. */
export function createCountProgress({ stderr, isTerminal }: CliIo, what: string, total: number): CountProgress {
  if (isTerminal) {
    const format = `${what} [{bar}] {value}/{total}, {eta_formatted} left`;
    const bar = new SingleBar({ stream: stderr, format, hideCursor: true, clearOnComplete: false });
    bar.start(total, 0);
    return { add: (count) => bar.increment(count), end: () => bar.stop() };
  }
  let done = 0;
  return {
    add(count) {
      const before = done;
      done += count;
      if (Math.floor((done * 5) / total) > Math.floor((before * 5) / total))
        stderr.write(`${what}: ${done} of ${total}\n`);
    },
    end: () => undefined,
  };
}
