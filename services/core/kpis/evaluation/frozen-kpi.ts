import { cells, type CellName } from '../cells.ts';
import { type CellReader, cellsOf, evaluate, type Expression } from '../expression.ts';
import type { InTwoLanguages, KpiUnit } from '../kpi-definition.ts';
import type { ScorecardEntry } from '../scorecard/scorecard-entry.ts';

/** A KPI as it stood, with all its value was made of: the definition then in force and the cells behind it. */
export interface FrozenKpi {
  readonly key: string;
  readonly version: number;
  readonly name: InTwoLanguages;
  readonly unit: KpiUnit;
  readonly direction: 'up' | 'down' | 'none';
  readonly formula: Expression;
  readonly value: number | null;
  /** What the cells of the formula held: in the period, and of stocks when it began. */
  readonly cells: Readonly<Record<string, number>>;
  readonly openings: Readonly<Record<string, number>>;
}

/** @returns null of a KPI that is not made of cells */
export function freezeKpi({ definition, formula }: ScorecardEntry, held: CellReader): FrozenKpi | null {
  if (formula === null) return null;
  const { key, version, name, unit, direction } = definition;
  const names = cellsOf(formula);
  const stocks = names.filter((cell) => cells[cell].kind === 'stock');
  return {
    key,
    version,
    name,
    unit,
    direction,
    formula,
    value: evaluate(formula, held),
    cells: Object.fromEntries(names.map((cell) => [cell, held.cell(cell)])),
    openings: Object.fromEntries(stocks.map((cell) => [cell, held.opening(cell)])),
  };
}

/** The cells that were frozen with a KPI, to be read by its formula. */
export function frozenCells({ cells: held, openings }: FrozenKpi): CellReader {
  const read = (from: Readonly<Record<string, number>>, name: CellName): number => from[name] ?? 0;
  return { cell: (name) => read(held, name), opening: (name) => read(openings, name) };
}
