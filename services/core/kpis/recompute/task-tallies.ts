import type { EpochMs } from '../../units.ts';
import type { CellName } from '../cells.ts';
import type { TaskStanding } from '../kpi-fact.ts';
import type { KpiRules } from '../kpi-rules.ts';
import type { Tally } from './tally.ts';

/** What one task adds. Who is left alone for comparison counts in the comparison and nowhere else. */
export function taskTallies(task: TaskStanding, rules: KpiRules): readonly Tally[] {
  const [tier = null, stage = null] = task.segment === null ? [] : task.segment.split('/');
  const place = { playbook: task.playbook, queue: task.queue, staff: task.staff, tier, stage };
  const tallies: Tally[] = [];
  const add = (at: EpochMs | null, cell: CellName, by: number): void => {
    if (at !== null) tallies.push({ day: rules.dayOf(at), cell, by, place });
  };
  const isWinback = rules.winbackPlaybooks.has(task.playbook);
  if (task.arm === 'treated') addWork(task, add);
  addComparison(task, isWinback, add);
  return tallies;
}

type Add = (at: EpochMs | null, cell: CellName, by: number) => void;

function addWork(task: TaskStanding, add: Add): void {
  const { createdAt, respondBy, respondedAt, resolvedAt, endedAt, breachedAt, outcome } = task;
  add(createdAt, 'tasks_opened', 1);
  add(respondedAt, 'tasks_responded', 1);
  add(respondedAt, 'task_response_ms', Math.max(0, (respondedAt ?? 0) - createdAt));
  add(resolvedAt, 'tasks_resolved', 1);
  if (outcome === 'kept' || outcome === 'purchased') add(resolvedAt ?? endedAt, 'tasks_saved', 1);
  if (respondBy === null) return;
  const answeredAt = respondedAt ?? resolvedAt;
  const due = earliest([respondedAt, resolvedAt, endedAt, breachedAt]);
  add(due, 'tasks_due', 1);
  add(due, 'tasks_in_time', answeredAt !== null && answeredAt <= respondBy ? 1 : 0);
}

function earliest(times: readonly (EpochMs | null)[]): EpochMs | null {
  const known = times.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function addComparison(task: TaskStanding, isWinback: boolean, add: Add): void {
  const { arm, measuredAt, churned, revenueMinor, costMinor, contactedAt, purchases } = task;
  const returned = purchases > 0 ? 1 : 0;
  if (arm === 'holdout') {
    add(measuredAt, 'holdout_tasks', 1);
    add(measuredAt, 'holdout_churned', churned ? 1 : 0);
    add(measuredAt, 'holdout_revenue_minor', revenueMinor);
    if (isWinback) add(measuredAt, 'winback_holdout', 1);
    if (isWinback) add(measuredAt, 'winback_holdout_returned', returned);
    return;
  }
  add(measuredAt, 'treated_tasks', 1);
  add(measuredAt, 'treated_churned', churned ? 1 : 0);
  add(measuredAt, 'treated_revenue_minor', revenueMinor);
  add(measuredAt, 'treated_cost_minor', costMinor);
  if (!isWinback || contactedAt === null) return;
  add(measuredAt, 'winback_contacted', 1);
  add(measuredAt, 'winback_returned', returned);
}
