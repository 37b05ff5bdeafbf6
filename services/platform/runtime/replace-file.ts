import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file whole or not at all: readers, and a process that starts after a kill, see the old one or the new one.
 * @param mode of a new file; what the process gives its files when absent
 */
export async function replaceFile(path: string, content: string | Uint8Array, mode?: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  await writeFile(draft, content, { mode });
  await rename(draft, path);
}
