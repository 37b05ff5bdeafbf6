import { EngineError } from '../../core/errors.ts';
import type { TrackingPlan } from '../../core/plan/tracking-plan.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Logger } from '../telemetry/logger.ts';
import { readPlan } from './read-plan.ts';
import { watchChanges } from './watch-changes.ts';

export interface PlanWatch {
  /** The plan in force. */
  current(): TrackingPlan;
  /** Looks at the file now; resolves when it has been dealt with. Never rejects. */
  look(): Promise<void>;
  stop(): void;
}

export interface PlanWatchOptions {
  /** Null for the plan that comes with Tidewatch, which does not change. */
  readonly path: string | null;
  readonly logger: Logger;
  /** Told of each attempt to load a changed file. */
  readonly onReload?: (result: 'loaded' | 'refused') => void;
  readonly everyMs?: DurationMs;
}

/**
 * Loads a plan and follows its file. A changed file comes into force as a whole or not at all: one that is wrong is
 * reported once, and the plan before stays in force.
 * @throws EngineError ERR_PLAN_INVALID when the first plan cannot be used
 */
export async function watchPlan({ path, logger, onReload, everyMs = 5_000 }: PlanWatchOptions): Promise<PlanWatch> {
  const hasChanged = path === null ? () => Promise.resolve(false) : await watchChanges(path);
  let plan = await readPlan(path);
  let looking = Promise.resolve();

  async function reload(): Promise<void> {
    if (!(await hasChanged())) return;
    try {
      plan = await readPlan(path);
      onReload?.('loaded');
      logger.info({ planVersion: plan.version }, 'a changed tracking plan came into force');
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      onReload?.('refused');
      logger.error(
        { err: error, planVersion: plan.version },
        'the changed tracking plan is refused; the old one stays',
      );
    }
  }

  const look = (): Promise<void> => (looking = looking.then(reload));
  const timer = path === null ? undefined : setInterval(() => void look(), everyMs);
  timer?.unref();
  return { current: () => plan, look, stop: () => clearInterval(timer) };
}
