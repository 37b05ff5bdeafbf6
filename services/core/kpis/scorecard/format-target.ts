import type { KpiUnit } from '../kpi-definition.ts';
import type { KpiTarget } from '../kpi-target.ts';
import { formatKpiValue } from './format-kpi-value.ts';

/** A target as people read it: `≥ 85.0 %`, `≤ 24 h 0 min`, `CNY 50.00 – CNY 100.00`. */
export function formatTarget(
  { green }: KpiTarget,
  unit: KpiUnit,
  format: Parameters<typeof formatKpiValue>[2],
): string {
  const [least, most] = [green.least, green.most].map((value) =>
    value === null ? null : formatKpiValue(value, unit, format),
  );
  if (least !== null && most !== null) return `${least} – ${most}`;
  if (least !== null) return `≥ ${least}`;
  return most === null ? '' : `≤ ${most}`;
}
