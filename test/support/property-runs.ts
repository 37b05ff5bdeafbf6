import { env } from 'node:process';

/**
 * How often a property is tried: the sampled count of a normal run, times PROVE_FACTOR (`npm run prove` sets it).
 * Pass it as fast-check's `numRuns`.
 */
export function runs(count: number): number {
  const factor = Number(env['PROVE_FACTOR'] ?? '1');
  if (!Number.isFinite(factor) || factor <= 0) {
    throw new Error('PROVE_FACTOR must be a positive number.');
  }
  return Math.max(1, Math.round(count * factor));
}
