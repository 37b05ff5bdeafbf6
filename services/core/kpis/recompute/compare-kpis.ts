import type { CellName } from '../cells.ts';
import { type CellReader, cellsOf, evaluate, type Expression } from '../expression.ts';
import type { KpiDefinition } from '../kpi-definition.ts';
import type { KpiDimension, KpiSlice } from '../kpi-dimension.ts';
import { type KpiLogName, logsOfCell } from './logs-of-cell.ts';
import type { RecomputedCells } from './recompute-cells.ts';

/** A cell that the two tell differently; `at` is the beginning of the period for what a stock held then. */
export interface CellDifference {
  readonly cell: CellName;
  readonly at: 'period' | 'beginning';
  readonly streamed: number;
  readonly recomputed: number;
}

/** One KPI of one slice, in the unit of the KPI; null where something is divided by 0. */
export interface ComparedKpi {
  readonly key: string;
  readonly unit: KpiDefinition['unit'];
  readonly slice: KpiSlice;
  readonly streamed: number | null;
  /** Null of what cannot be recomputed, too. */
  readonly recomputed: number | null;
  readonly verdict: 'equal' | 'differs' | 'not-recomputable';
  /** Where it differs. */
  readonly cells: readonly CellDifference[];
  /** Logs that do not reach back far enough; empty where it can be recomputed. */
  readonly cutLogs: readonly KpiLogName[];
  /** Of whoever was shown something unscored, tier and stage near the end of a day depend on when the day was closed. */
  readonly dependsOnSweep: boolean;
}

export interface ComparedPeriod {
  readonly definitions: readonly KpiDefinition[];
  readonly by: KpiDimension | null;
  /** By slice: '' is the whole, else `channel=web`; one that is missing holds nothing. */
  readonly streamed: ReadonlyMap<string, CellReader>;
  readonly recomputed: RecomputedCells;
  /** Logs that do not reach back as far as the period needs. */
  readonly cutLogs: ReadonlySet<KpiLogName>;
}

/** Cells of events that are not scored; see decision 0038. */
const unscored: ReadonlySet<CellName> = new Set(['offers_shown', 'cross_sell_shown', 'value_added_minor']);

/**
 * Each KPI as it was counted and as the logs say it, of the whole or of every slice that either of the two has. KPIs are
 * equal where every cell of their formula is, so that two wrong cells cannot make a right quotient.
 */
export function compareKpis(compared: ComparedPeriod): readonly ComparedKpi[] {
  const slices = slicesOf(compared);
  const all = slices.flatMap((slice) =>
    compared.definitions.map((definition) => compareKpi(compared, definition, slice)),
  );
  // Most KPIs say nothing of most slices.
  const isEmpty = ({ verdict, streamed }: ComparedKpi): boolean => verdict === 'equal' && streamed === null;
  return compared.by === null ? all : all.filter((each) => !isEmpty(each));
}

function slicesOf({ by, streamed, recomputed }: ComparedPeriod): readonly string[] {
  if (by === null) return [''];
  const all = [...streamed.keys(), ...recomputed.cells.keys(), ...recomputed.opening.keys()];
  return [...new Set(all.filter((slice) => slice.startsWith(`${by}=`)))].sort();
}

function compareKpi(compared: ComparedPeriod, definition: KpiDefinition, slice: string): ComparedKpi {
  const { by, cutLogs } = compared;
  const counted = compared.streamed.get(slice) ?? nothing;
  const logged = readerOf(compared.recomputed, slice);
  const names = cellsOf(definition.formula);
  const cut = [...new Set(names.flatMap((cell) => logsOfCell(cell, by)))].filter((log) => cutLogs.has(log));
  const dependsOnSweep = (by === 'tier' || by === 'stage') && names.some((cell) => unscored.has(cell));
  const isKnown = cut.length === 0 && !dependsOnSweep;
  const cells = isKnown ? differences(definition.formula, counted, logged) : [];
  return {
    key: definition.key,
    unit: definition.unit,
    slice: by === null ? null : { dimension: by, value: slice.slice(by.length + 1) },
    streamed: evaluate(definition.formula, counted),
    recomputed: isKnown ? evaluate(definition.formula, logged) : null,
    verdict: !isKnown ? 'not-recomputable' : cells.length === 0 ? 'equal' : 'differs',
    cells,
    cutLogs: cut,
    dependsOnSweep,
  };
}

const nothing: CellReader = { cell: () => 0, opening: () => 0 };

function readerOf({ cells, opening }: RecomputedCells, slice: string): CellReader {
  return {
    cell: (name) => cells.get(slice)?.get(name) ?? 0,
    opening: (name) => opening.get(slice)?.get(name) ?? 0,
  };
}

/** Cells of the formula that the two hold differently, each once. */
function differences(formula: Expression, counted: CellReader, logged: CellReader): readonly CellDifference[] {
  if (formula.op === 'number') return [];
  if (formula.op === 'cell' || formula.op === 'opening') {
    const { op, cell } = formula;
    const [streamed, recomputed] = [counted[op](cell), logged[op](cell)];
    const at = op === 'cell' ? 'period' : 'beginning';
    return streamed === recomputed ? [] : [{ cell, at, streamed, recomputed }];
  }
  const found = [formula.left, formula.right].flatMap((side) => differences(side, counted, logged));
  return [...new Map(found.map((each) => [`${each.cell} ${each.at}`, each])).values()];
}
