import { basename, dirname, join, resolve } from 'node:path';
import type { NetOptions } from './net-options.ts';
import type { OrderFileOptions } from './read-order-file.ts';

/** Options of `train` as they were typed. */
export interface TrainOptions extends OrderFileOptions, NetOptions {
  readonly until: string;
  readonly out: string;
  readonly overwrite: boolean;
  readonly against?: string;
  readonly force?: string;
  /** Model directory to begin with. */
  readonly from?: string;
}

/** The command line that makes the same artefact again, with the place of the orders left to the reader. */
export function trainCommandLine(options: TrainOptions): string {
  const { until, map, timezone, currency, seeds, epochs, seed, backend } = options;
  const mapped = map === '' ? '' : ` --map ${map}`;
  const from = options.from === undefined ? '' : ` --from ${placeOf(options.from)}`;
  return (
    `npm run tidewatch -- train --orders ${basename(options.orders)} --until ${until} --out ${placeOf(options.out)}${from}${mapped} \\\n` +
    `  --timezone ${timezone} --currency ${currency} --seeds ${seeds} --epochs ${epochs} --seed ${seed} --backend ${backend}`
  );
}

/** The last two parts name the model and its version, so they belong to the artefact; where they stand does not. */
function placeOf(out: string): string {
  const full = resolve(out);
  return join('models', basename(dirname(full)), basename(full));
}
