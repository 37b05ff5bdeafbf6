import { stat } from 'node:fs/promises';

/**
 * Looks at a file from now on; call it before reading the file, so that a change in between is seen as one.
 * @returns says whether the file was written anew, removed or put back since it was looked at last
 */
export async function watchChanges(path: string): Promise<() => Promise<boolean>> {
  let seen = await fingerprint(path);
  return async () => {
    const now = await fingerprint(path);
    const isChanged = now !== seen;
    seen = now;
    return isChanged;
  };
}

/** A replaced file has another inode, also where size and time are the same. */
async function fingerprint(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found === null ? 'missing' : `${found.ino} ${found.size} ${found.mtimeNs}`;
}
