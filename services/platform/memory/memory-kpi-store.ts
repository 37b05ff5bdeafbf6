import type { CellName } from '../../core/kpis/cells.ts';
import type { KpiDimension } from '../../core/kpis/kpi-dimension.ts';
import { periodName, type Period } from '../../core/kpis/period.ts';
import type { KpiLayout, KpiMark, KpiStore, KpiUpdate, LedgerKey, PeriodCells } from '../../core/ports/kpi-store.ts';

/** What tests may do to a store that a real one suffers by itself. */
export interface MemoryKpiStore extends KpiStore {
  /** As after a new connection: the epoch grows. */
  reconnect(): void;
}

/** One partition as it stands. Cells by `tenant|period|dimension`, then by `value|cell`. */
interface HeldPartition {
  readonly mark: KpiMark;
  readonly ledgers: ReadonlyMap<string, Buffer>;
  readonly cells: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly months: ReadonlySet<string>;
}

export interface KpiSnapshot {
  readonly layout: KpiLayout | null;
  readonly partitions: ReadonlyMap<number, HeldPartition>;
}

/** Data that several stores share, and that can be put back to what it was. */
export class MemoryKpiServer {
  held: KpiSnapshot = { layout: null, partitions: new Map() };
}

const nothing: Omit<HeldPartition, 'mark'> = { ledgers: new Map(), cells: new Map(), months: new Set() };

/** Cells in this process: the twin of the Redis store. Like it, it removes cells that are back at 0. */
export function createMemoryKpiStore(server = new MemoryKpiServer()): MemoryKpiStore {
  let epoch = 1;
  const partition = (index: number) => server.held.partitions.get(index);
  const put = (index: number, held: HeldPartition | null): void => {
    const partitions = new Map(server.held.partitions);
    if (held === null) partitions.delete(index);
    else partitions.set(index, held);
    server.held = { ...server.held, partitions };
  };
  const laidOut = () => Array.from({ length: server.held.layout?.partitions ?? 0 }, (_, index) => partition(index));
  return {
    reconnect: () => void (epoch += 1),
    connectionEpoch: () => epoch,
    mark: (index) => later(() => partition(index)?.mark ?? null),
    ledgers: (index, keys) => later(() => keys.map((key) => copyOf(partition(index)?.ledgers.get(ledgerName(key))))),
    apply: (index, update) =>
      later(() => {
        const held = partition(index);
        if (!isSame(held?.mark ?? null, update.expected)) return false;
        put(index, applied(held ?? nothing, update));
        return true;
      }),
    read: (tenant, periods, slices) => later(() => periods.map((period) => cellsOf(laidOut(), tenant, period, slices))),
    months: (tenant) => later(() => monthsOf(laidOut(), tenant)),
    forget: (index, expected) =>
      later(() => {
        if (expected !== undefined && !isSame(partition(index)?.mark ?? null, expected)) return false;
        put(index, null);
        return true;
      }),
    layout: () => later(() => server.held.layout),
    layOut: (layout) => later(() => void (server.held = { ...server.held, layout })),
  };
}

/** As over a connection: never within the call. */
async function later<T>(work: () => T): Promise<T> {
  await Promise.resolve();
  return work();
}

function applied(held: Omit<HeldPartition, 'mark'>, { mark, ledgers, changes }: KpiUpdate): HeldPartition {
  const kept = new Map(held.ledgers);
  for (const { key, bytes } of ledgers) {
    if (bytes === null) kept.delete(ledgerName(key));
    else kept.set(ledgerName(key), Buffer.from(bytes));
  }
  const months = new Set(held.months);
  const cells = new Map([...held.cells].map(([name, fields]) => [name, new Map(fields)]));
  for (const { tenant, change } of changes) {
    if (change.period.kind === 'month') months.add(JSON.stringify([tenant, change.period.index]));
    const name = cellsName(tenant, change.period, change.slice?.dimension ?? null);
    const fields = cells.get(name) ?? new Map<string, number>();
    cells.set(name, fields);
    const field = `${change.slice?.value ?? ''}|${change.cell}`;
    const value = (fields.get(field) ?? 0) + change.by;
    if (value === 0) fields.delete(field);
    else fields.set(field, value);
  }
  keepWithin64Bits(cells, held.cells);
  return { mark: { ...mark }, ledgers: kept, cells, months };
}

/** As in Redis: what would outgrow 64 bits stays as it was. */
function keepWithin64Bits(cells: ReadonlyMap<string, Map<string, number>>, before: HeldPartition['cells']): void {
  for (const [name, fields] of cells) {
    for (const [field, value] of fields) {
      if (Math.abs(value) < 2 ** 63) continue;
      const was = before.get(name)?.get(field);
      if (was === undefined) fields.delete(field);
      else fields.set(field, was);
    }
  }
}

type Held = readonly (HeldPartition | undefined)[];

function cellsOf(partitions: Held, tenant: string, period: Period, slices: KpiDimension | null): PeriodCells {
  const sums = new Map<string, Map<CellName, number>>([['', new Map<CellName, number>()]]);
  for (const dimension of slices === null ? [null] : [null, slices]) {
    for (const held of partitions) {
      for (const [field, value] of held?.cells.get(cellsName(tenant, period, dimension)) ?? []) {
        const bar = field.lastIndexOf('|');
        const slice = dimension === null ? '' : `${dimension}=${field.slice(0, bar)}`;
        const cell = field.slice(bar + 1) as CellName;
        const ofSlice = sums.get(slice) ?? new Map<CellName, number>();
        sums.set(slice, ofSlice.set(cell, (ofSlice.get(cell) ?? 0) + value));
      }
    }
  }
  return sums;
}

function monthsOf(partitions: Held, tenant: string): readonly number[] {
  const members = partitions.flatMap((held) => [...(held?.months ?? [])]);
  const read = members.map((member) => JSON.parse(member) as [string, number]);
  const ours = read.filter(([owner]) => owner === tenant).map(([, month]) => month);
  return [...new Set(ours)].sort((a, b) => a - b);
}

function cellsName(tenant: string, period: Period, dimension: KpiDimension | null): string {
  return JSON.stringify([tenant, period.kind, periodName(period), dimension]);
}

function ledgerName({ tenant, surrogate }: LedgerKey): string {
  return JSON.stringify([tenant, surrogate]);
}

function copyOf(bytes: Buffer | undefined): Buffer | null {
  return bytes === undefined ? null : Buffer.from(bytes);
}

function isSame(one: KpiMark | null, other: KpiMark | null): boolean {
  return one?.nextOffset === other?.nextOffset && one?.logId === other?.logId;
}
