import type { EpochDay, EpochMs } from '../../units.ts';
import type { CellName } from '../cells.ts';
import type { TaskStanding } from '../kpi-fact.ts';
import type { KpiRules } from '../kpi-rules.ts';
import type { DatedCell, Slices } from './cell-changes.ts';

/** Everything a task adds to the cells as it stands. Tasks of the hold-out group count in the comparison only. */
export function taskCells(task: TaskStanding, rules: KpiRules): readonly DatedCell[] {
  const slices = slicesOf(task);
  const on = (at: EpochMs, cell: CellName, by = 1): DatedCell => ({ day: rules.dayOf(at), cell, by, slices });
  return task.arm === 'holdout' ? holdoutCells(task, rules, on) : treatedCells(task, rules, on);
}

/** How a task ends when the customer stays: as staff report it, or by an order. */
const saved: ReadonlySet<string> = new Set(['kept', 'purchased']);

type On = (at: EpochMs, cell: CellName, by?: number) => DatedCell;

function slicesOf({ playbook, queue, staff, segment }: TaskStanding): Slices {
  const [tier = '', stage = ''] = segment?.split('/') ?? [];
  return { playbook, queue, staff, tier, stage };
}

function treatedCells(task: TaskStanding, rules: KpiRules, on: On): readonly DatedCell[] {
  const { createdAt, respondedAt, resolvedAt, measuredAt } = task;
  const cells = [on(createdAt, 'tasks_opened'), ...dueCells(task, on)];
  if (respondedAt !== null) {
    cells.push(
      on(respondedAt, 'tasks_responded'),
      on(respondedAt, 'task_response_ms', Math.max(0, respondedAt - createdAt)),
    );
  }
  if (resolvedAt !== null) cells.push(on(resolvedAt, 'tasks_resolved'));
  const overAt = resolvedAt ?? task.endedAt;
  if (overAt !== null && task.outcome !== null && saved.has(task.outcome)) cells.push(on(overAt, 'tasks_saved'));
  if (measuredAt === null) return cells;
  cells.push(
    on(measuredAt, 'treated_tasks'),
    on(measuredAt, 'treated_churned', task.churned ? 1 : 0),
    on(measuredAt, 'treated_revenue_minor', task.revenueMinor),
    on(measuredAt, 'treated_cost_minor', task.costMinor),
  );
  if (rules.winbackPlaybooks.has(task.playbook) && task.contactedAt !== null) {
    cells.push(on(measuredAt, 'winback_contacted'), on(measuredAt, 'winback_returned', task.purchases > 0 ? 1 : 0));
  }
  return cells;
}

/** A task with a deadline is due once it is answered, over, or the deadline has passed by the newest snapshot. */
function dueCells({ respondBy, respondedAt, resolvedAt, endedAt, breachedAt }: TaskStanding, on: On): DatedCell[] {
  if (respondBy === null) return [];
  const moments = [respondedAt, resolvedAt, endedAt, breachedAt].filter((at) => at !== null);
  if (moments.length === 0) return [];
  const at: EpochDay = Math.min(...moments);
  const answeredAt = respondedAt ?? resolvedAt;
  const isInTime = answeredAt !== null && answeredAt <= respondBy;
  return [on(at, 'tasks_due'), on(at, 'tasks_in_time', isInTime ? 1 : 0)];
}

function holdoutCells(task: TaskStanding, rules: KpiRules, on: On): readonly DatedCell[] {
  const { measuredAt } = task;
  if (measuredAt === null) return [];
  const cells = [
    on(measuredAt, 'holdout_tasks'),
    on(measuredAt, 'holdout_churned', task.churned ? 1 : 0),
    on(measuredAt, 'holdout_revenue_minor', task.revenueMinor),
  ];
  if (rules.winbackPlaybooks.has(task.playbook)) {
    cells.push(
      on(measuredAt, 'winback_holdout'),
      on(measuredAt, 'winback_holdout_returned', task.purchases > 0 ? 1 : 0),
    );
  }
  return cells;
}
