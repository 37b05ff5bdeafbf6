import type { CellName } from './cells.ts';
import type { Expression } from './expression.ts';
import type { KpiDefinition } from './kpi-definition.ts';
import type { PeriodKind } from './period.ts';

/** Kinds of periods that Prometheus sees; longer ones are read through the HTTP interface. */
export const exposedKinds = ['day', 'week', 'month', 'quarter'] as const satisfies readonly PeriodKind[];
export type ExposedKind = (typeof exposedKinds)[number];

/** One gauge and the periods it has. */
export interface ExposedCell {
  readonly op: 'cell' | 'opening';
  readonly cell: CellName;
  readonly kinds: readonly ExposedKind[];
}

/**
 * The periods of a KPI that Prometheus sees: the one it is reviewed by, as far as it can be asked for it. All others are
 * left to the HTTP interface, or the series of one tenant would be too many.
 */
export function exposedPeriods({ periods, period }: Pick<KpiDefinition, 'periods' | 'period'>): readonly ExposedKind[] {
  return exposedKinds.filter((kind) => kind === period && periods.includes(kind));
}

/** What the formulas of these KPIs read, each gauge once, in the order of their first mention. */
export function exposedCells(definitions: readonly KpiDefinition[]): readonly ExposedCell[] {
  const found = new Map<string, { op: 'cell' | 'opening'; cell: CellName; kinds: Set<ExposedKind> }>();
  for (const definition of definitions) {
    for (const { op, cell } of readsOf(definition.formula)) {
      const key = `${op} ${cell}`;
      const entry = found.get(key) ?? { op, cell, kinds: new Set<ExposedKind>() };
      found.set(key, entry);
      for (const kind of exposedPeriods(definition)) entry.kinds.add(kind);
    }
  }
  return [...found.values()].map((entry) => ({
    ...entry,
    kinds: exposedKinds.filter((kind) => entry.kinds.has(kind)),
  }));
}

function readsOf(formula: Expression): readonly { op: 'cell' | 'opening'; cell: CellName }[] {
  if (formula.op === 'number') return [];
  if (formula.op === 'cell' || formula.op === 'opening') return [{ op: formula.op, cell: formula.cell }];
  return [...readsOf(formula.left), ...readsOf(formula.right)];
}
