import type { SegmentedCustomers } from '../../models/segments/segmented-customers.ts';
import { csvLine } from '../csv-line.ts';

/**
 * One row per customer: customer_id, a column per scheme and machine, and what other reports call the stage of the
 * primary machine. Empty where a customer has no place.
 * @param rows places in the order of `plan.names`
 */
export function segmentCsv(
  { plan, tenant, table }: SegmentedCustomers,
  rows: readonly (readonly (string | null)[])[],
  columns: readonly string[],
): string {
  const { stages: primary } = plan.settingsOf(tenant).primary;
  const reports = new Map(plan.document.machines[primary].stages.map(({ name, report }) => [name, report]));
  const at = columns.map((name) => plan.names.indexOf(name));
  const primaryAt = plan.names.indexOf(primary);
  const lines = [['customer_id', ...columns, 'report_stage']];
  table.customers.forEach((customer, row) => {
    const report = reports.get(rows[row][primaryAt] ?? '') ?? '';
    lines.push([customer, ...at.map((column) => rows[row][column] ?? ''), report]);
  });
  return lines.map(csvLine).join('');
}
