import type { TaskLabel } from '../../services/core/labels/task-label.ts';
import type { EpochMs } from '../../services/core/units.ts';
import { csvLine } from '../csv-line.ts';

const heads = [
  ...['customer_id', 'task_id', 'playbook', 'arm', 'opened_at', 'predicted_reasons', 'confirmed_reason', 'result'],
  ...['closed_at', 'churned', 'purchases', 'revenue_minor', 'measured_until'],
];

/** Labels as a CSV file: several reasons are divided by `|`, times are ISO 8601 in UTC, what is not known is empty. */
export function labelCsv(labels: Iterable<TaskLabel>): string {
  return csvLine(heads) + Array.from(labels, (label) => csvLine(cellsOf(label))).join('');
}

function cellsOf({ outcome, measured, ...label }: TaskLabel): string[] {
  return [
    label.customerId,
    label.taskId,
    label.playbook,
    label.arm,
    isoTime(label.openedAt),
    label.predicted.join('|'),
    outcome?.reason ?? '',
    outcome?.result ?? '',
    isoTime(outcome?.at),
    measured === null ? '' : String(Number(measured.churned)),
    String(measured?.purchases ?? ''),
    String(measured?.revenueMinor ?? ''),
    isoTime(measured?.until),
  ];
}

function isoTime(at: EpochMs | undefined): string {
  return at === undefined ? '' : new Date(at).toISOString();
}
