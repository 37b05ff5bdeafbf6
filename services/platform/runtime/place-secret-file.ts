import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';

/**
 * Writes a file that only its owner may read to the disk, and then puts it into its place, whole.
 * @param place `rename` replaces what stands there, `link` refuses to
 */
export async function placeSecretFile(
  path: string,
  text: string,
  place: (from: string, to: string) => Promise<void>,
): Promise<void> {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
    await place(temporary, path);
  } finally {
    await handle.close();
    await rm(temporary, { force: true });
  }
}
