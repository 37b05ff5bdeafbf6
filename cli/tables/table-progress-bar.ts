import type { TableProgress } from '../../models/tables/table-progress.ts';
import type { CliIo } from '../cli-io.ts';
import { createCountProgress, type CountProgress } from '../count-progress.ts';

/** Shows how many of the fits are done. */
export function createTableProgress(io: CliIo): TableProgress {
  let bar: CountProgress | null = null;
  return {
    say: (text) => void io.stderr.write(`${text}\n`),
    begins: (fits) => (bar = createCountProgress(io, 'fitting', fits)),
    fitDone: () => bar?.add(1),
    ends: () => bar?.end(),
  };
}
