import type { KpiLayout, KpiMark } from '../../core/ports/kpi-store.ts';

/** Fields `l` and `n` of a mark, or of the layout. */
export type MarkFields = readonly [logId: string | null, number: string | null];

export function readMark([logId, offset]: MarkFields): KpiMark | null {
  return offset === null ? null : { logId: logId === '' ? null : logId, nextOffset: Number(offset) };
}

export function readLayout([logId, partitions]: MarkFields): KpiLayout | null {
  return partitions === null ? null : { logId: logId === '' ? null : logId, partitions: Number(partitions) };
}

/** A mark as the scripts expect it: the log and the offset, the latter empty where there is no mark. */
export function kpiMarkArgs(mark: KpiMark | null): readonly [string, string] {
  return mark === null ? ['', ''] : [mark.logId ?? '', String(mark.nextOffset)];
}

export function isSameKpiMark(one: KpiMark | null, other: KpiMark | null): boolean {
  return kpiMarkArgs(one).join(' ') === kpiMarkArgs(other).join(' ');
}
