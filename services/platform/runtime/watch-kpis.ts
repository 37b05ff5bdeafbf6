import { EngineError } from '../../core/errors.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Logger } from '../telemetry/logger.ts';
import { readKpis, type ReadKpis } from './read-kpis.ts';
import { watchChanges } from './watch-changes.ts';

export interface KpisWatch {
  /** The weights, targets and owners in force. */
  current(): ReadKpis;
  /** Looks at the file now; resolves when it has been dealt with. Never rejects. */
  look(): Promise<void>;
  stop(): void;
}

export interface KpisWatchOptions {
  /** Null for the file that comes with Tidewatch, which does not change. */
  readonly path: string | null;
  readonly logger: Logger;
  /** Told of each attempt to load a changed file. */
  readonly onReload?: (result: 'loaded' | 'refused') => void;
  readonly everyMs?: DurationMs;
}

/**
 * Loads a file of KPIs and follows it. A changed file comes into force as a whole or not at all: one that is wrong is
 * reported once, and the one before stays in force. `counting` is taken at the start only, since counts that stand were made
 * by it; a change of it is refused with what to do.
 * @throws EngineError ERR_KPIS_INVALID when the first file cannot be used
 */
export async function watchKpis(options: KpisWatchOptions): Promise<KpisWatch> {
  const { path, logger, onReload, everyMs = 5_000 } = options;
  const hasChanged = path === null ? () => Promise.resolve(false) : await watchChanges(path);
  let kpis = await readKpis(path);
  warn(kpis, logger);
  let looking = Promise.resolve();

  async function reload(): Promise<void> {
    if (!(await hasChanged())) return;
    try {
      const changed = await readKpis(path);
      requireSameCounting(kpis, changed);
      kpis = changed;
      warn(kpis, logger);
      onReload?.('loaded');
      logger.info({ kpisVersion: kpis.version }, 'a changed KPI file came into force');
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      onReload?.('refused');
      logger.error({ err: error, kpisVersion: kpis.version }, 'the changed KPI file is refused');
    }
  }

  const look = (): Promise<void> => (looking = looking.then(reload));
  const timer = path === null ? undefined : setInterval(() => void look(), everyMs);
  timer?.unref();
  return { current: () => kpis, look, stop: () => clearInterval(timer) };
}

function warn({ version, warnings }: ReadKpis, logger: Logger): void {
  if (warnings.length > 0) logger.warn({ kpisVersion: version, warnings }, 'the KPI file can be used, but look at it');
}

function requireSameCounting(before: ReadKpis, after: ReadKpis): void {
  if (JSON.stringify(before.document.counting) === JSON.stringify(after.document.counting)) return;
  const message =
    'counting: cannot change while alerts runs, since what stands was counted by the rules before; restart alerts and have all counted anew: tidewatch kpi rebuild --yes';
  throw new EngineError('ERR_KPIS_INVALID', message, { retryable: false, context: {} });
}
