import type { CustomerKey } from '../ports/state-store.ts';
import type { Digest } from '../ports/digest.ts';
import type { EpochDay, EpochMs } from '../units.ts';
import { countedDays } from './counted-days.ts';
import { createLevelTimeline } from './level-timeline.ts';
import type { LoyaltyRules } from './loyalty-rules.ts';
import type { LoyaltyState } from './loyalty-state.ts';

/** However still a customer is, the level is looked at again after so many days: the rules may have changed. */
const recheckDays = 7;

export interface LevelMoment {
  readonly key: CustomerKey;
  readonly today: EpochDay;
  readonly now: EpochMs;
  readonly rules: LoyaltyRules;
  readonly digest: Digest;
}

/** The state with the change of level that has to be told today; the same state where there is none. */
export function advanceLevel(state: LoyaltyState, { key, today, now, rules, digest }: LevelMoment): LoyaltyState {
  const level = levelOn(state, today, rules);
  const told = state.toldLevel ?? rules.levels[0]?.level ?? '';
  if (level === null || level === told) return state;
  const levelChanges = state.levelChanges + 1;
  // States built anew count from the beginning; another change must not pass for one that was told before.
  const facts = JSON.stringify([key.tenant, key.surrogate, levelChanges, told, level, today]);
  const changeId = `level-${digest.sha256Hex(facts).slice(0, 32)}`;
  const untold = [...state.untold, { changeId, from: told, to: level, at: now }];
  return { ...state, levelChanges, toldLevel: level, untold };
}

/** The first day on which there is something to tell if nothing more is booked, or to look at again. */
export function nextLevelDay(state: LoyaltyState, today: EpochDay, rules: LoyaltyRules): EpochDay {
  const level = levelOn(state, today, rules);
  const told = state.toldLevel ?? rules.levels[0]?.level ?? '';
  if (state.untold.length > 0 || (level !== null && level !== told)) return today;
  const { spend } = countedDays(state, rules);
  const change = createLevelTimeline(spend, rules).nextChange(today);
  return Math.min(change ?? Number.POSITIVE_INFINITY, today + recheckDays);
}

/** Null for whoever is no member. */
function levelOn(state: LoyaltyState, today: EpochDay, rules: LoyaltyRules): string | null {
  const { isMember, spend } = countedDays(state, rules);
  if (!isMember) return null;
  return rules.levels[createLevelTimeline(spend, rules).rankOn(today)]?.level ?? null;
}
