import { EngineError } from '../../core/errors.ts';
import type { PlaybookSurroundings } from '../../core/playbooks/find-playbook-problems.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type ReadPlaybooks, readPlaybooks } from './read-playbooks.ts';
import { repeatWork } from './repeat-work.ts';
import { watchChanges } from './watch-changes.ts';

/** Playbooks, and what was made of them. */
export interface PlaybooksInForce<T> extends ReadPlaybooks {
  readonly compiled: T;
}

export interface PlaybooksWatch<T> {
  /** What is in force now: another object after each change that was taken. */
  current(): PlaybooksInForce<T>;
  /** Looks at the file now; resolves when it has been dealt with. Never rejects. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

export interface PlaybooksWatchOptions<T> {
  /** Null for the playbooks that come with Tidewatch, which do not change. */
  readonly path: string | null;
  readonly around: PlaybookSurroundings;
  readonly compile: (playbooks: ReadPlaybooks) => T;
  readonly logger: Logger;
  /** Told of what is in force from the start, and of each attempt to load a changed file. */
  readonly onReload: (result: 'loaded' | 'refused', version: string) => void;
  readonly everyMs?: DurationMs;
}

/**
 * Loads playbooks and follows their file. A changed file comes into force as a whole or not at all: one that is wrong is
 * reported once, and the playbooks before stay in force.
 * @throws EngineError ERR_PLAYBOOKS_INVALID when the first ones cannot be used
 */
export async function watchPlaybooks<T>(options: PlaybooksWatchOptions<T>): Promise<PlaybooksWatch<T>> {
  const { path, around, compile, logger, onReload, everyMs = 5_000 } = options;
  const hasChanged = path === null ? () => Promise.resolve(false) : await watchChanges(path);
  async function read(): Promise<PlaybooksInForce<T>> {
    const playbooks = await readPlaybooks(path, around);
    return { ...playbooks, compiled: compile(playbooks) };
  }
  let inForce = await read();
  let looking = Promise.resolve();
  onReload('loaded', inForce.version);

  async function reload(): Promise<void> {
    if (!(await hasChanged())) return;
    try {
      inForce = await read();
      onReload('loaded', inForce.version);
      logger.info({ playbooks: inForce.version }, 'changed playbooks came into force');
    } catch (err) {
      onReload('refused', inForce.version);
      const code = err instanceof EngineError ? err.code : 'ERR_INTERNAL';
      logger.error(
        { err, code, playbooks: inForce.version },
        'the changed playbooks are refused; the old ones stay in force',
      );
    }
  }

  const look = (): Promise<void> => (looking = looking.then(reload));
  const end = path === null ? () => Promise.resolve() : repeatWork(look, everyMs, () => undefined);
  return { current: () => inForce, look, stop: end };
}
