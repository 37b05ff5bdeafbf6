import type { EffectReport, EffectRow } from './effect-report.ts';

/** What is asked for; null where it does not matter. */
export interface RowSelection {
  readonly playbook: string | null;
  readonly segment: string | null;
}

/** Rows of a report: all playbooks together, then each one followed by its segments; those that were asked for. */
export function selectRows(report: EffectReport, { playbook, segment }: RowSelection): readonly EffectRow[] {
  const rows = report.playbooks.flatMap((row) => [
    row,
    ...report.segments.filter((each) => each.playbook === row.playbook),
  ]);
  return [report.overall, ...rows].filter(
    (row) => (playbook === null || row.playbook === playbook) && (segment === null || row.segment === segment),
  );
}
