import { SingleBar } from 'cli-progress';
import type { CliIo } from '../cli-io.ts';

export interface ImportProgress {
  at(rows: number, share: number): void;
  end(): void;
}

/** A bar that moves, on a terminal; a line per tenth of the file, elsewhere. */
export function createImportProgress({ stderr, isTerminal }: CliIo): ImportProgress {
  if (isTerminal) {
    const format = 'importing [{bar}] {percentage} %, {rows} rows, {eta_formatted} left';
    const bar = new SingleBar({ stream: stderr, format, hideCursor: true });
    bar.start(1000, 0, { rows: 0 });
    return { at: (rows, share) => bar.update(Math.floor(share * 1000), { rows }), end: () => bar.stop() };
  }
  let tenths = 0;
  return {
    at(rows, share) {
      if (Math.floor(share * 10) <= tenths) return;
      tenths = Math.floor(share * 10);
      stderr.write(`importing: ${rows} rows answered, ${tenths * 10} % of the file read\n`);
    },
    end: () => undefined,
  };
}
