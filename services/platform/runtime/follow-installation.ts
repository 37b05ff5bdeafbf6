import type { DurationMs } from '../../core/units.ts';
import { readInstallation } from './installation.ts';
import type { Installation } from './installation.ts';
import { repeatWork } from './repeat-work.ts';
import { watchChanges } from './watch-changes.ts';

export interface InstallationListener {
  /** A changed file that is whole and valid. */
  readonly onChange: (installation: Installation) => void;
  /**
   * A changed file that is not: told once per change. What was read before stays in force, and the file is read again
   * until it can be: a key that was ended there must not stay valid because of one failed read.
   */
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
  const hasChanged = await watchChanges(path);
  return {
    installation: await readInstallation(path),
    follow({ onChange, onFault }) {
      let isBehind = false;
      const look = async (): Promise<void> => {
        const isNew = await hasChanged();
        if (!isNew && !isBehind) return;
        const read = await readInstallation(path).catch((error: unknown) => ({ error }));
        const wasBehind = isBehind;
        isBehind = 'error' in read;
        if (!('error' in read)) onChange(read);
        else if (isNew || !wasBehind) onFault(read.error);
      };
      return repeatWork(look, everyMs, onFault);
    },
  };
}
