import type { KpiLayout, KpiMark } from '../../core/ports/kpi-store.ts';

/** Fields `l` and `n` of a mark. */
export type MarkFields = readonly [logId: string | null, number: string | null];

/** Fields `l`, `n` and `r` of the layout. */
export type LayoutFields = readonly [...MarkFields, rules: string | null];

export function readMark([logId, offset]: MarkFields): KpiMark | null {
  return offset === null ? null : { logId: logId === '' ? null : logId, nextOffset: Number(offset) };
}

export function readLayout([logId, partitions, rules]: LayoutFields): KpiLayout | null {
  if (partitions === null) return null;
  return { logId: logId === '' ? null : logId, partitions: Number(partitions), rules: rules === '' ? null : rules };
}

/** A mark as the scripts expect it: the log and the offset, the latter empty where there is no mark. */
export function kpiMarkArgs(mark: KpiMark | null): readonly [string, string] {
  return mark === null ? ['', ''] : [mark.logId ?? '', String(mark.nextOffset)];
}

export function isSameKpiMark(one: KpiMark | null, other: KpiMark | null): boolean {
  return kpiMarkArgs(one).join(' ') === kpiMarkArgs(other).join(' ');
}
