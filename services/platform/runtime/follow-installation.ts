import { stat } from 'node:fs/promises';
import type { DurationMs } from '../../core/units.ts';
import { readInstallation } from './installation.ts';
import type { Installation } from './installation.ts';
import { repeatWork } from './repeat-work.ts';

export interface InstallationListener {
  /** A changed file that is whole and valid. */
  readonly onChange: (installation: Installation) => void;
  /** A changed file that is not: told once per change. What was read before stays in force. */
  readonly onFault: (error: unknown) => void;
}

export interface ReadInstallation {
  readonly installation: Installation;
  /**
   * Reads again whenever the file has changed since.
   * @returns ends that
   */
  follow(listener: InstallationListener): () => Promise<void>;
}

const defaultEveryMs: DurationMs = 1000;

/** Reads the installation file, to be followed from then on. ERR_INSTALLATION_MISSING when it cannot be read now. */
export async function readAndFollow(path: string, everyMs = defaultEveryMs): Promise<ReadInstallation> {
  // Before reading: a change in between is seen as one.
  let seen = await fingerprint(path);
  return {
    installation: await readInstallation(path),
    follow({ onChange, onFault }) {
      const look = async (): Promise<void> => {
        const now = await fingerprint(path);
        if (now === seen) return;
        seen = now;
        onChange(await readInstallation(path));
      };
      return repeatWork(look, everyMs, onFault);
    },
  };
}

/** A replaced file has another inode, also where size and time are the same. */
async function fingerprint(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found === null ? 'missing' : `${found.ino} ${found.size} ${found.mtimeNs}`;
}
