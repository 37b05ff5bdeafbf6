import { exitCodes } from '../../../services/platform/runtime/exit-codes.ts';

/** How one life of a service went. */
export interface EndedLife {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly wasReady: boolean;
  readonly livedMs: number;
  /** Restarts in a row before this life. */
  readonly restarts: number;
}

export type RestartDecision =
  | { readonly restart: true; readonly afterMs: number; readonly restarts: number }
  | { readonly restart: false; readonly reason: string };

const maxRestarts = 5;
const longLifeMs = 60_000;

/**
 * A configuration fault (78) is not mended by a restart, nor is one that ends the service before it was ever ready; being
 * killed by a signal is neither. A service that lived a minute has earned a fresh count.
 */
export function decideRestart(life: EndedLife): RestartDecision {
  if (life.exitCode === exitCodes.configuration) return { restart: false, reason: 'its configuration is at fault' };
  const wasKilled = life.exitCode === null;
  if (!life.wasReady && !wasKilled && life.restarts === 0) return { restart: false, reason: 'it did not become ready' };
  const restarts = life.wasReady && life.livedMs >= longLifeMs ? 0 : life.restarts;
  if (restarts >= maxRestarts) return { restart: false, reason: `it ended ${maxRestarts + 1} times in a row` };
  return { restart: true, afterMs: Math.min(10_000, 500 * 2 ** restarts), restarts: restarts + 1 };
}
