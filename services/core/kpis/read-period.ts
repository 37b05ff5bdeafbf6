import type { KpiStore, PeriodCells } from '../ports/kpi-store.ts';
import type { CellName } from './cells.ts';
import type { CellReader } from './expression.ts';
import type { KpiDimension } from './kpi-dimension.ts';
import type { Period } from './period.ts';
import { bucketsOf, sumCells } from './read-cells.ts';

export type KpiCells = Pick<KpiStore, 'read' | 'months'>;

/** The cells of one period by slice: '' is the whole, else `channel=web`; in the order of their names. */
export type PeriodReaders = ReadonlyMap<string, CellReader>;

const none: ReadonlyMap<CellName, number> = new Map();

/**
 * Reads several periods at once, each bucket of the store once.
 * @param slices null reads the whole only
 */
export async function readPeriods(
  store: KpiCells,
  tenant: string,
  periods: readonly Period[],
  slices: KpiDimension | null,
): Promise<readonly PeriodReaders[]> {
  const months = await store.months(tenant);
  const buckets = periods.map((period) => bucketsOf(period, months));
  const wanted = new Map(buckets.flat().map((bucket) => [nameOf(bucket), bucket]));
  const contents = await store.read(tenant, [...wanted.values()], slices);
  const held = new Map([...wanted.keys()].map((name, i) => [name, contents[i]]));
  return periods.map((period, i) =>
    readersOf(
      period,
      buckets[i],
      buckets[i].map((bucket) => held.get(nameOf(bucket)) ?? new Map<string, never>()),
    ),
  );
}

/** The readers of one period from what its buckets hold; that of the whole is always there. */
export function readersOf(period: Period, buckets: readonly Period[], contents: readonly PeriodCells[]): PeriodReaders {
  const names = [...new Set(['', ...contents.flatMap((content) => [...content.keys()])])].sort();
  return new Map(
    names.map((name) => [name, sumCells(period, buckets, contents.map((content) => content.get(name) ?? none))]), // prettier-ignore
  );
}

function nameOf({ kind, index }: Period): string {
  return `${kind} ${index}`;
}
