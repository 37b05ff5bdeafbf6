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

/** Entries and exits of stages, and becoming lapsed or coming back, on the last day that the new standing includes. */
export function stageMoves(before: Standing | null, after: Standing | null): readonly DatedCell[] {
  if (after === null || before?.stage === after.stage) return [];
  const day = after.asOf - 1;
  const moves: DatedCell[] = [];
  if (after.stage !== null) moves.push({ day, cell: 'stage_entries', by: 1, slices: { stage: after.stage } });
  if (before === null) return moves;
  if (before.stage !== null) moves.push({ day, cell: 'stage_exits', by: 1, slices: { stage: before.stage } });
  if (isLapsed(before.stage) === isLapsed(after.stage)) return moves;
  const cell = isLapsed(after.stage) ? 'lapsed_entries' : 'lapsed_returns';
  return [...moves, { day, cell, by: 1, slices: { tier: standingSlices(before).tier ?? null } }];
}
