import { cells, type CellName } from './cells.ts';

/** How a cell is shown to Prometheus, which knows base units only. */
export interface CellMetric {
  /** Has the labels `tenant`, `period` (`day`, `week`, `month`, `quarter`) and `which` (`current`, `previous`). */
  readonly name: string;
  /** How many units of the cell make one unit of the metric: 1000 where milliseconds become seconds. */
  readonly unitsPerOne: number;
}

/** The metric of what a cell holds (`cell`), or of what a stock held when the period began (`opening`). */
export function cellMetric(op: 'cell' | 'opening', cell: CellName): CellMetric {
  const suffix = op === 'opening' ? '_opening' : '';
  const isTime = cells[cell].unit === 'milliseconds';
  return { name: `tidewatch_kpi_${nameInBaseUnits(cell)}${suffix}`, unitsPerOne: isTime ? 1000 : 1 };
}

/** Days are counted here, not measured, so they stay what they are under a name that claims no unit. */
function nameInBaseUnits(cell: CellName): string {
  return cell.replace(/_ms$/, '_seconds').replace(/_days$/, '_dates');
}

/** The recording rule of a KPI. */
export function kpiRuleName(key: string): string {
  return `tenant:tidewatch_kpi_${key}:value`;
}
