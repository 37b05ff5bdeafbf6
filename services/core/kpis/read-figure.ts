import type { KpiUnit } from './kpi-definition.ts';
import type { Figure } from './kpi-document.ts';

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A figure of a KPI file in the KPI's own unit.
 * @param minorPerMajor minor units in one major unit of the reporting currency
 * @returns null where it is written in another unit than the KPI's: a time without its unit, or a time for what is none
 */
export function readFigure(figure: Figure, unit: KpiUnit, minorPerMajor: number): number | null {
  if (typeof figure === 'number') {
    if (unit === 'milliseconds') return null;
    return unit === 'money' ? figure * minorPerMajor : figure;
  }
  const [, amount, of] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(figure) ?? [];
  if (amount === undefined || of === undefined || unit !== 'milliseconds') return null;
  return Number(amount) * unitsMs[of];
}
