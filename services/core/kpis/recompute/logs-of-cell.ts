import type { CellName } from '../cells.ts';
import type { KpiDimension } from '../kpi-dimension.ts';

/** The logs that KPIs are recomputed from. */
export const kpiLogNames = ['events', 'scores', 'tasks', 'commands', 'facts'] as const;
export type KpiLogName = (typeof kpiLogNames)[number];

const ofTasks = /^(?:tasks_|task_|winback_|treated_|holdout_)/;
const ofFacts = /^(?:cases_|case_|complaints_|spend_|operating_|typed_)/;
const ofCommands: ReadonlySet<CellName> = new Set(['active_staff', 'functions_used']);
/** What the stage and the predicted value of customers decide, whatever it is split by. */
const ofScores: ReadonlySet<CellName> = new Set([
  'customers',
  'lapsed_entries',
  'lapsed_returns',
  'stage_entries',
  'stage_exits',
  'clv_customers',
  'clv_minor',
]);

/** The logs that a cell is recomputed from; split by tier or stage, what customers do is placed by their scores. */
export function logsOfCell(cell: CellName, by: KpiDimension | null): readonly KpiLogName[] {
  if (ofTasks.test(cell)) return ['tasks'];
  if (ofFacts.test(cell)) return ['facts'];
  if (ofCommands.has(cell)) return ['commands'];
  return ofScores.has(cell) || by === 'tier' || by === 'stage' ? ['events', 'scores'] : ['events'];
}
