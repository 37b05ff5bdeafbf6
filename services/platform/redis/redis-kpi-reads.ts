import type { Redis } from 'ioredis';
import { cells, type CellName } from '../../core/kpis/cells.ts';
import type { KpiDimension } from '../../core/kpis/kpi-dimension.ts';
import type { Period } from '../../core/kpis/period.ts';
import type { KpiStore } from '../../core/ports/kpi-store.ts';
import { kpiCellsName, kpiMonthMember, type KpiKeys } from './keys.ts';
import { runPipeline } from './run-pipeline.ts';

export interface KpiReadsOptions {
  readonly keysOf: (partition: number) => KpiKeys;
  /** How many there are; 0 while nobody has counted. */
  readonly partitions: () => Promise<number>;
}

type Sums = Map<string, Map<CellName, number>>;

/** Reads over all partitions: one command per partition, period and dimension, sent together. */
export function createKpiReads(
  client: Redis,
  { keysOf, partitions }: KpiReadsOptions,
): Pick<KpiStore, 'read' | 'months'> {
  const allKeys = async () => Array.from({ length: await partitions() }, (_, partition) => keysOf(partition));
  return {
    async read(tenant, periods, slices) {
      const keys = await allKeys();
      const wanted = queriesOf(tenant, periods, slices);
      const queries = wanted.flatMap((query) => keys.map(({ cells: keyOf }) => ({ ...query, key: keyOf(query.name) })));
      const replies = await runPipeline(client, 'HGETALL', queries, (pipeline, { key }) => pipeline.hgetall(key));
      const sums = periods.map((): Sums => new Map([['', new Map<CellName, number>()]]));
      for (const [i, { period, dimension }] of queries.entries()) {
        addUp(sums[period], dimension, replies[i] as Record<string, string>);
      }
      return sums;
    },
    async months(tenant) {
      const start = kpiMonthMember(tenant, '');
      const replies = await runPipeline(client, 'SMEMBERS', await allKeys(), (pipeline, { months }) =>
        pipeline.smembers(months),
      );
      const ours = (replies as string[][]).flat().filter((member) => member.startsWith(start));
      return [...new Set(ours.map((member) => Number(member.slice(start.length))))].sort((a, b) => a - b);
    },
  };
}

interface Query {
  /** Place in the list of periods. */
  readonly period: number;
  readonly dimension: KpiDimension | null;
  readonly name: string;
}

function queriesOf(tenant: string, periods: readonly Period[], slices: KpiDimension | null): readonly Query[] {
  const dimensions = slices === null ? [null] : [null, slices];
  return periods.flatMap((period, place) =>
    dimensions.map((dimension) => ({ period: place, dimension, name: kpiCellsName(tenant, period, dimension) })),
  );
}

/** Cells that this version does not know are passed over: a newer one may have counted them. */
function addUp(sums: Sums, dimension: KpiDimension | null, fields: Readonly<Record<string, string>>): void {
  for (const [field, text] of Object.entries(fields)) {
    const bar = field.lastIndexOf('|');
    const cell = field.slice(bar + 1);
    if (!isCell(cell)) continue;
    const slice = dimension === null ? '' : `${dimension}=${field.slice(0, bar)}`;
    let ofSlice = sums.get(slice);
    if (ofSlice === undefined) sums.set(slice, (ofSlice = new Map<CellName, number>()));
    ofSlice.set(cell, (ofSlice.get(cell) ?? 0) + Number(text));
  }
}

function isCell(name: string): name is CellName {
  return Object.hasOwn(cells, name);
}
