import { EngineError } from '../../core/errors.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Logger } from '../telemetry/logger.ts';
import { readLoyalty, type ReadLoyalty } from './read-loyalty.ts';
import { watchChanges } from './watch-changes.ts';

export interface LoyaltyWatch {
  /** The rules in force. */
  current(): ReadLoyalty;
  /** Looks at the file now; resolves when it has been dealt with. Never rejects. */
  look(): Promise<void>;
  stop(): void;
}

export interface LoyaltyWatchOptions {
  /** Null for the file that comes with Tidewatch, which does not change. */
  readonly path: string | null;
  readonly stages: ReadonlyMap<string, ReadonlySet<string>>;
  readonly logger: Logger;
  /** Told of each attempt to load a changed file. */
  readonly onReload?: (result: 'loaded' | 'refused') => void;
  readonly everyMs?: DurationMs;
}

/**
 * Loads a loyalty file and follows it. A changed file comes into force as a whole or not at all: one that is wrong is
 * reported once, and the one before stays in force.
 * @throws EngineError ERR_LOYALTY_INVALID when the first file cannot be used
 */
export async function watchLoyalty(options: LoyaltyWatchOptions): Promise<LoyaltyWatch> {
  const { path, stages, logger, onReload, everyMs = 5_000 } = options;
  const hasChanged = path === null ? () => Promise.resolve(false) : await watchChanges(path);
  let loyalty = await readLoyalty(path, stages);
  let looking = Promise.resolve();

  async function reload(): Promise<void> {
    if (!(await hasChanged())) return;
    try {
      loyalty = await readLoyalty(path, stages);
      onReload?.('loaded');
      logger.info({ loyaltyVersion: loyalty.version }, 'a changed loyalty file came into force');
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      onReload?.('refused');
      logger.error({ err: error, loyaltyVersion: loyalty.version }, 'the changed loyalty file is refused');
    }
  }

  const look = (): Promise<void> => (looking = looking.then(reload));
  const timer = path === null ? undefined : setInterval(() => void look(), everyMs);
  timer?.unref();
  return { current: () => loyalty, look, stop: () => clearInterval(timer) };
}
