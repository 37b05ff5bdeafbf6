import { rename, writeFile } from 'node:fs/promises';
import { usageError } from './usage-error.ts';

/** Writes what `--out` names; the file appears whole or not at all. */
export async function writeOutFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(`${file}.partial`, text);
    await rename(`${file}.partial`, file);
  } catch (cause) {
    throw usageError(`--out ${file} cannot be written; give a file in a directory that exists.`, cause);
  }
}
