import { writeFile } from 'node:fs/promises';
import { dataFileError } from '../training/data-file-error.ts';
import type { PolicyDocument } from './policy-document.ts';

/** Writes a policy as JSON. */
export async function writePolicy(file: string, document: PolicyDocument): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
  } catch (error) {
    throw dataFileError(`${file} cannot be written (${(error as Error).message}); check --out.`, error);
  }
}
