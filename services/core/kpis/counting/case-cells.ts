import type { EpochMs } from '../../units.ts';
import type { CellName } from '../cells.ts';
import type { CaseStanding, ClockStanding } from '../kpi-fact.ts';
import type { KpiRules } from '../kpi-rules.ts';
import type { DatedCell } from './cell-changes.ts';

/** The cells of one clock: how many were met, for how long they ran, how many had to be met by now and were in time. */
interface ClockCells {
  readonly met: CellName | null;
  readonly ranMs: CellName | null;
  readonly due: CellName;
  readonly inTime: CellName;
}

const answer: ClockCells = {
  met: 'cases_answered',
  ranMs: 'case_answer_ms',
  due: 'cases_answer_due',
  inTime: 'cases_answered_in_time',
};
const handling: ClockCells = {
  met: 'cases_handled',
  ranMs: 'case_handling_ms',
  due: 'cases_handle_due',
  inTime: 'cases_handled_in_time',
};
const complaint: ClockCells = {
  met: null,
  ranMs: null,
  due: 'complaints_due',
  inTime: 'complaints_answered_in_time',
};
const resolution: ClockCells = {
  met: 'cases_resolved',
  ranMs: 'case_resolution_ms',
  due: 'cases_resolve_due',
  inTime: 'cases_resolved_in_time',
};

type On = (at: EpochMs, cell: CellName, by?: number) => DatedCell;

/** Everything a case adds to the cells as it stands. */
export function caseCells(standing: CaseStanding, rules: KpiRules): readonly DatedCell[] {
  const { channel, queue, staff, openedAt } = standing;
  const slices = { channel, queue, staff };
  const on: On = (at, cell, by = 1) => ({ day: rules.dayOf(at), cell, by, slices });
  const cells = [on(openedAt, 'cases_opened')];
  if (standing.isComplaint) cells.push(on(openedAt, 'complaints_opened'));
  if (standing.reopenedAt !== null) cells.push(on(standing.reopenedAt, 'cases_reopened'));
  cells.push(
    ...clockCells(standing.answer, answer, on),
    ...clockCells(standing.handling, handling, on),
    ...clockCells(standing.isComplaint ? standing.complaint : null, complaint, on),
    ...clockCells(standing.resolution, resolution, on),
  );
  return cells;
}

function clockCells(clock: ClockStanding | null, cells: ClockCells, on: On): readonly DatedCell[] {
  if (clock === null) return [];
  const { metAt, ranMs, overdueAt } = clock;
  const moments = [metAt, overdueAt].filter((at) => at !== null);
  if (moments.length === 0) return [];
  const firstAt = Math.min(...moments);
  const isInTime = metAt !== null && (overdueAt === null || metAt <= overdueAt);
  const told = [on(firstAt, cells.due), on(firstAt, cells.inTime, isInTime ? 1 : 0)];
  if (metAt === null) return told;
  if (cells.met !== null) told.push(on(metAt, cells.met));
  if (cells.ranMs !== null) told.push(on(metAt, cells.ranMs, ranMs));
  return told;
}
