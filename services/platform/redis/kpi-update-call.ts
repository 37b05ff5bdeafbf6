import type { CellChange } from '../../core/kpis/cell-change.ts';
import type { KpiUpdate } from '../../core/ports/kpi-store.ts';
import { kpiCellsName, kpiLedgerField, kpiMonthMember, type KpiKeys } from './keys.ts';
import { kpiMarkArgs } from './kpi-marks.ts';
import type { ScriptCall } from './run-pipeline.ts';

/** The call of `count-facts` for one update: changes of one cell are added up, so that each is written once. */
export function toKpiUpdateCall(keys: KpiKeys, update: KpiUpdate): ScriptCall {
  const { expected, mark, ledgers, changes } = update;
  const written = ledgers.flatMap(({ key, bytes }) => (bytes === null ? [] : [kpiLedgerField(key), bytes]));
  const forgotten = ledgers.flatMap(({ key, bytes }) => (bytes === null ? [kpiLedgerField(key)] : []));
  const months = [...new Set(changes.flatMap(monthMember))];
  const cells = [...gatherCells(changes)];
  const counts = [written.length / 2, forgotten.length, months.length, ...cells.map(([, fields]) => fields.size)];
  return {
    keys: [keys.mark, keys.ledgers, keys.names, keys.months, ...cells.map(([name]) => keys.cells(name))],
    args: [
      ...kpiMarkArgs(expected),
      ...kpiMarkArgs(mark),
      counts.join(' '),
      ...written,
      ...forgotten,
      ...months,
      ...cells.flatMap(([name, fields]) => [name, ...[...fields].flat()]),
    ],
  };
}

function monthMember({ tenant, change }: KpiUpdate['changes'][number]): readonly string[] {
  return change.period.kind === 'month' ? [kpiMonthMember(tenant, change.period.index)] : [];
}

function gatherCells(changes: KpiUpdate['changes']): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const hashes = new Map<string, Map<string, number>>();
  for (const { tenant, change } of changes) {
    const name = kpiCellsName(tenant, change.period, change.slice?.dimension ?? null);
    let fields = hashes.get(name);
    if (fields === undefined) hashes.set(name, (fields = new Map<string, number>()));
    const field = cellField(change);
    fields.set(field, (fields.get(field) ?? 0) + change.by);
  }
  return hashes;
}

/** `cell`, or `value|cell` in the hash of a dimension; no cell has a bar in its name. */
function cellField({ cell, slice }: CellChange): string {
  return slice === null ? cell : `${slice.value}|${cell}`;
}
