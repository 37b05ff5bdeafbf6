import { warningShare } from '../clocks/clock.ts';
import type { ServedPlaybook, ServedTerm } from '../playbooks/served-playbook.ts';
import type { Level } from '../scoring/level.ts';
import type { EpochMs } from '../units.ts';

/** The deadlines of a task and when three quarters of them are used up. */
export interface Deadlines {
  readonly respondBy: EpochMs | null;
  readonly resolveBy: EpochMs | null;
  readonly respondWarnAt: EpochMs | null;
  readonly resolveWarnAt: EpochMs | null;
}

export const noDeadlines: Deadlines = { respondBy: null, resolveBy: null, respondWarnAt: null, resolveWarnAt: null };

/**
 * Deadlines of a task from `at` on. The terms of a level run from the moment it is reached, and a promise once made is never
 * moved later: a rise from high to critical brings the deadlines forward (or leaves them where they are, when the old ones
 * come first), a fall leaves them alone.
 */
export function deadlinesFrom(playbook: ServedPlaybook, level: Level, at: EpochMs, before: Deadlines): Deadlines {
  const respond = due(playbook.respondTerm(level), at);
  const resolve = due(playbook.resolveTerm(level), at);
  const isSooner = (next: Due | null, known: EpochMs | null) => next !== null && (known === null || next.at < known);
  return {
    ...(isSooner(respond, before.respondBy)
      ? { respondBy: respond?.at ?? null, respondWarnAt: respond?.warnAt ?? null }
      : { respondBy: before.respondBy, respondWarnAt: before.respondWarnAt }),
    ...(isSooner(resolve, before.resolveBy)
      ? { resolveBy: resolve?.at ?? null, resolveWarnAt: resolve?.warnAt ?? null }
      : { resolveBy: before.resolveBy, resolveWarnAt: before.resolveWarnAt }),
  };
}

interface Due {
  readonly at: EpochMs;
  readonly warnAt: EpochMs;
}

function due(term: ServedTerm | null, at: EpochMs): Due | null {
  if (term === null) return null;
  const { scale, units } = term;
  return { at: scale.after(at, units), warnAt: scale.after(at, units * warningShare) };
}
