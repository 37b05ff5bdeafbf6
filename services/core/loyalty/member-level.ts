import type { EpochDay, MinorUnits } from '../units.ts';

/** A level and the spend within the window from which it is reached; levels in rising order of spend. */
export interface LevelRule {
  readonly level: string;
  readonly fromSpend: MinorUnits;
}

export interface MemberLevelRules {
  /** The first one has `fromSpend` 0: everybody has a level. */
  readonly levels: readonly LevelRule[];
  /** Days of spend that count. */
  readonly windowDays: number;
  /** For how many days a level is kept after the spend fell below it. */
  readonly graceDays: number;
}

/** Net spend of a day, returns taken off. */
export interface SpendDay {
  readonly day: EpochDay;
  readonly net: MinorUnits;
}

/**
 * The level of a member at the beginning of a day: the highest one reached at the beginning of that day or of any of the
 * `graceDays` before it. It rises at once, falls after the grace period, and depends on the days alone, not on the order
 * in which they became known. `days` are in rising order; days from `asOf` on do not count.
 */
export function memberLevel(days: readonly SpendDay[], asOf: EpochDay, rules: MemberLevelRules): string {
  const moments = [asOf, asOf - rules.graceDays];
  // Spend rises only the day after a purchase; it also rises as the day of a return leaves the window.
  for (const { day } of days) moments.push(day + 1, day + 1 + rules.windowDays);
  let best = 0;
  for (const moment of moments) {
    if (moment > asOf || moment < asOf - rules.graceDays) continue;
    best = Math.max(best, rankOf(spendBefore(days, moment, rules.windowDays), rules.levels));
  }
  return rules.levels[best]?.level ?? '';
}

function spendBefore(days: readonly SpendDay[], moment: EpochDay, windowDays: number): MinorUnits {
  return days.reduce((sum, { day, net }) => (day < moment && day >= moment - windowDays ? sum + net : sum), 0);
}

function rankOf(spend: MinorUnits, levels: readonly LevelRule[]): number {
  return levels.reduce((rank, { fromSpend }, i) => (spend >= fromSpend ? i : rank), 0);
}
