import type { SegmentPlan } from '../../services/core/segments/segment-plan.ts';

/** How many customers are where: one line per scheme and machine; RFM cells by their number alone. */
export function summarizeSegments(
  plan: SegmentPlan,
  rows: readonly (readonly (string | null)[])[],
  columns: readonly string[],
): string {
  const lines = columns.map((name) => {
    const at = plan.names.indexOf(name);
    const counts = new Map<string, number>();
    for (const row of rows) counts.set(row[at] ?? 'none', (counts.get(row[at] ?? 'none') ?? 0) + 1);
    if (Object.hasOwn(plan.document.schemes, name) && plan.document.schemes[name].mode === 'rfm') {
      return `  ${name}: ${counts.size} cells`;
    }
    const told = [...counts].sort((a, b) => b[1] - a[1]).map(([place, count]) => `${place} ${count}`);
    return `  ${name}: ${told.join(', ')}`;
  });
  return `${lines.join('\n')}\n`;
}
