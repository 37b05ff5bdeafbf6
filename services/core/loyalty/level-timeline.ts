import type { EpochDay, MinorUnits } from '../units.ts';
import type { MemberLevelRules, SpendDay } from './member-level.ts';

/** What a member's spend makes of the level, day by day, if nothing more is bought or sent back. */
export interface LevelTimeline {
  /** Place of the level among the rules' levels in the course of a day. */
  rankOn(day: EpochDay): number;
  /** Place that the spend alone gives, without the grace period. */
  rankOfSpendOn(day: EpochDay): number;
  /** Spend that counts in the course of a day. */
  spendOn(day: EpochDay): MinorUnits;
  /** The first day after `day` with another level; null when there is none. */
  nextChange(day: EpochDay): EpochDay | null;
}

/** From `from` until the next piece begins, the spend of the window is `spend`. */
interface Piece {
  readonly from: EpochDay;
  readonly spend: MinorUnits;
  readonly rank: number;
}

/**
 * The level in the course of a day is the highest that `memberLevel` gives at its beginning or its end: what is bought
 * today counts at once, and a level is lost only once its grace period is over.
 */
export function createLevelTimeline(days: readonly SpendDay[], rules: MemberLevelRules): LevelTimeline {
  const pieces = piecesOf(days, rules);

  function pieceAt(moment: EpochDay): Piece {
    return pieces.findLast(({ from }) => from <= moment) ?? pieces[0];
  }

  function rankOn(day: EpochDay): number {
    let best = 0;
    for (const [i, { from, rank }] of pieces.entries()) {
      const end = pieces[i + 1]?.from ?? Number.POSITIVE_INFINITY;
      if (from <= day + 1 && end > day - rules.graceDays) best = Math.max(best, rank);
    }
    return best;
  }

  return {
    rankOn,
    rankOfSpendOn: (day) => pieceAt(day + 1).rank,
    spendOn: (day) => pieceAt(day + 1).spend,
    nextChange(day) {
      const now = rankOn(day);
      // A piece comes into sight the day before it begins, and the one before it goes out of sight with the grace.
      const candidates = pieces.slice(1).flatMap(({ from }) => [from - 1, from + rules.graceDays]);
      const later = candidates.filter((each) => each > day).sort((a, b) => a - b);
      return later.find((each) => rankOn(each) !== now) ?? null;
    },
  };
}

function piecesOf(days: readonly SpendDay[], { levels, windowDays }: MemberLevelRules): readonly [Piece, ...Piece[]] {
  const changes = new Map<EpochDay, MinorUnits>();
  for (const { day, net } of days) {
    for (const [moment, change] of [[day + 1, net], [day + 1 + windowDays, -net]] as const) {
      changes.set(moment, (changes.get(moment) ?? 0) + change);
    }
  } // prettier-ignore
  const rankOf = (spend: MinorUnits): number =>
    levels.reduce((rank, { fromSpend }, i) => (spend >= fromSpend ? i : rank), 0);
  let spend = 0;
  const later = [...changes]
    .sort(([a], [b]) => a - b)
    .map(([from, change]): Piece => {
      spend += change;
      return { from, spend, rank: rankOf(spend) };
    });
  return [{ from: Number.NEGATIVE_INFINITY, spend: 0, rank: rankOf(0) }, ...later];
}
