import type { DurationMs } from '../../core/units.ts';

/** How fast bytes must come, from the beginning on. */
export interface Pace {
  /** So long nothing needs to come. */
  readonly freeMs: DurationMs;
  readonly bytesPerSecond: number;
}

export interface PaceListener {
  /** Bytes that have come so far. */
  readonly size: () => number;
  /** Called once, when fewer have come than should have. */
  readonly slow: () => void;
}

/**
 * Looks at what has come only when that would be too little to go on: a body that comes at once costs one timer.
 * @returns ends it
 */
export function watchPace({ freeMs, bytesPerSecond }: Pace, { size, slow }: PaceListener): () => void {
  const startedAt = performance.now();
  const look = (): void => {
    const patienceMs = freeMs + (size() / bytesPerSecond) * 1000 - (performance.now() - startedAt);
    if (patienceMs <= 0) slow();
    else timer = setTimeout(look, Math.ceil(patienceMs));
  };
  let timer = setTimeout(look, freeMs);
  return () => clearTimeout(timer);
}
