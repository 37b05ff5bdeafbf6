import type { CellReader } from '../expression.ts';

/** What one playbook cost and brought in, in minor units; of tasks whose window ended in the period. */
export interface PlaybookCosts {
  readonly playbook: string;
  readonly treatedTasks: number;
  /** Known: offers of its tasks. */
  readonly taskCostMinor: number;
  /** Rows of spend of any sort that name it. */
  readonly spendMinor: number;
  /** (tasks + spend) ÷ treated tasks; null without any. */
  readonly costPerTaskMinor: number | null;
  /** Revenue of one treated task, and of one that was held out; null without any. */
  readonly treatedRevenueMinor: number | null;
  readonly holdoutRevenueMinor: number | null;
}

const spent = [
  'spend_acquisition_minor',
  'spend_retention_minor',
  'spend_upkeep_minor',
  'spend_people_minor',
  'spend_system_minor',
] as const;

/** By playbook, in the order of their names. */
export function playbookCosts(playbooks: ReadonlyMap<string, CellReader>): readonly PlaybookCosts[] {
  return [...playbooks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([playbook, cells]) => costsOf(playbook, cells));
}

function costsOf(playbook: string, cells: CellReader): PlaybookCosts {
  const treatedTasks = cells.cell('treated_tasks');
  const taskCostMinor = cells.cell('treated_cost_minor');
  const spendMinor = spent.reduce((sum, cell) => sum + cells.cell(cell), 0);
  const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
  return {
    playbook,
    treatedTasks,
    taskCostMinor,
    spendMinor,
    costPerTaskMinor: ratio(taskCostMinor + spendMinor, treatedTasks),
    treatedRevenueMinor: ratio(cells.cell('treated_revenue_minor'), treatedTasks),
    holdoutRevenueMinor: ratio(cells.cell('holdout_revenue_minor'), cells.cell('holdout_tasks')),
  };
}
