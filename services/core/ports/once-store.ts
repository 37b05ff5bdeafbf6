import type { DurationMs } from '../units.ts';

/** Remembers names for a time, shared by every process. */
export interface OnceStore {
  /** Whether nobody has taken the name before, within the time it was then to be remembered. */
  take(name: string, rememberMs: DurationMs): Promise<boolean>;
}
