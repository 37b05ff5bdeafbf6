import { type CustomerLedger, keptStandings, type MonthStanding } from '../customer-ledger.ts';
import type { Standing } from '../kpi-fact.ts';
import { monthOf } from '../period.ts';
import type { DatedCell } from './cell-changes.ts';
import { isLapsed, standingSlices } from './standing-at.ts';

/** Keeps the latest standing, and the one each month ended with. */
export function takeStanding(ledger: CustomerLedger, standing: Standing): void {
  const { stage, tier, clvMinor } = standing;
  const made: MonthStanding = { month: monthOf(standing.asOf - 1), stage, tier, clvMinor };
  ledger.standing = standing;
  const { standings } = ledger;
  const at = standings.findIndex(({ month }) => month >= made.month);
  if (at < 0) standings.push(made);
  else standings.splice(at, standings[at].month === made.month ? 1 : 0, made);
  if (standings.length > keptStandings) standings.shift();
}

/** Becoming lapsed, or coming back, on the last day that the new standing includes. */
export function stageMove(before: Standing | null, after: Standing | null): DatedCell | null {
  if (before === null || after === null || isLapsed(before.stage) === isLapsed(after.stage)) return null;
  const cell = isLapsed(after.stage) ? 'lapsed_entries' : 'lapsed_returns';
  return { day: after.asOf - 1, cell, by: 1, slices: { tier: standingSlices(before).tier ?? null } };
}
