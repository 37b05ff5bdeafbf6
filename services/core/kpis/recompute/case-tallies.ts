import type { EpochMs } from '../../units.ts';
import type { CellName } from '../cells.ts';
import type { CaseStanding, ClockStanding } from '../kpi-fact.ts';
import type { KpiRules } from '../kpi-rules.ts';
import type { Tally } from './tally.ts';

/** What one case adds. */
export function caseTallies(serviceCase: CaseStanding, rules: KpiRules): readonly Tally[] {
  const { channel, queue, staff, openedAt, reopenedAt, isComplaint } = serviceCase;
  const tallies: Tally[] = [];
  const add: Add = (at, cell, by) => {
    if (at !== null) tallies.push({ day: rules.dayOf(at), cell, by, place: { channel, queue, staff } });
  };
  add(openedAt, 'cases_opened', 1);
  add(reopenedAt, 'cases_reopened', 1);
  addKept(serviceCase.answer, ['cases_answer_due', 'cases_answered_in_time'], add);
  addDone(serviceCase.answer, ['cases_answered', 'case_answer_ms'], add);
  addKept(serviceCase.handling, ['cases_handle_due', 'cases_handled_in_time'], add);
  addDone(serviceCase.handling, ['cases_handled', 'case_handling_ms'], add);
  addKept(serviceCase.resolution, ['cases_resolve_due', 'cases_resolved_in_time'], add);
  addDone(serviceCase.resolution, ['cases_resolved', 'case_resolution_ms'], add);
  if (!isComplaint) return tallies;
  add(openedAt, 'complaints_opened', 1);
  addKept(serviceCase.complaint, ['complaints_due', 'complaints_answered_in_time'], add);
  return tallies;
}

type Add = (at: EpochMs | null, cell: CellName, by: number) => void;

function addDone(clock: ClockStanding | null, [count, time]: readonly [CellName, CellName], add: Add): void {
  if (clock?.metAt === undefined) return;
  add(clock.metAt, count, 1);
  add(clock.metAt, time, clock.ranMs);
}

/** Done or overdue, whichever came first, decides the day; done by the time it ran out is in time. */
function addKept(clock: ClockStanding | null, [due, inTime]: readonly [CellName, CellName], add: Add): void {
  if (clock === null) return;
  const { metAt, overdueAt } = clock;
  const isKept = metAt !== null && (overdueAt === null || metAt <= overdueAt);
  const day = metAt === null || (overdueAt !== null && overdueAt < metAt) ? overdueAt : metAt;
  add(day, due, 1);
  add(day, inTime, isKept ? 1 : 0);
}
