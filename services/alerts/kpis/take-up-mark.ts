import { EngineError } from '../../core/errors.ts';
import type { KpiMark } from '../../core/ports/kpi-store.ts';
import type { LogBounds } from '../../core/ports/log-bounds.ts';
import type { HeldMarks } from './held-marks.ts';
import type { KpiChunk } from './kpi-context.ts';
import type { KpiDeps } from './kpi-deps.ts';
import { isOtherLog, layOutPartitions } from './lay-out-partitions.ts';

export type TakeUpDeps = Pick<KpiDeps, 'store' | 'bounds' | 'telemetry' | 'rules'> & { readonly marks: HeldMarks };

/**
 * Where counting of the chunk's partition goes on. The mark that was stored with the cells says it, not the offset that
 * was committed: where the chunk begins after it, the partition is read again from there.
 * @throws EngineError ERR_STATE_REGRESSED, which sends the source back
 */
export async function takeUpMark(deps: TakeUpDeps, context: KpiChunk): Promise<void> {
  const { chunk, connectionEpoch } = context;
  const held = deps.marks.get(chunk.partition, connectionEpoch);
  const first = chunk.records[0].offset;
  if (held !== undefined && first <= held.nextOffset && !isOtherLog(held.logId, chunk.logId)) {
    context.mark = held;
    return;
  }
  const bounds = await deps.bounds.read();
  if (isOtherLog(chunk.logId, bounds.logId)) throw ofOldLog(chunk.partition);
  await layOutPartitions(deps, bounds);
  const mark = await requireMarkOfLog(deps, chunk.partition, bounds);
  context.lost = passHole(deps, {
    partition: chunk.partition,
    first,
    mark,
    oldest: bounds.partitions[chunk.partition].first,
  });
  context.mark = mark;
}

/** A mark in another log, or beyond the end of this one, counts what the log does not hold. */
async function requireMarkOfLog(deps: TakeUpDeps, partition: number, bounds: LogBounds): Promise<KpiMark | null> {
  const { store, telemetry } = deps;
  const mark = await store.mark(partition);
  if (mark === null) return null;
  const isOther = isOtherLog(mark.logId, bounds.logId);
  if (!isOther && mark.nextOffset <= bounds.partitions[partition].end) return mark;
  // Whoever has counted on meanwhile knows better; and so may we, when we look again.
  if (!(await store.forget(partition, mark))) throw movedOn(partition);
  telemetry.recounts(partition, isOther ? 'other-log' : 'log-cut-back');
  return null;
}

interface Place {
  readonly partition: number;
  /** First offset of the chunk. */
  readonly first: number;
  readonly mark: KpiMark | null;
  /** First offset of the log. */
  readonly oldest: number;
}

/** @returns how many facts between the mark and the chunk the log has lost */
function passHole({ marks, telemetry }: TakeUpDeps, { partition, first, mark, oldest }: Place): number {
  const expected = mark?.nextOffset ?? 0;
  const target = Math.max(expected, oldest);
  if (first > target && marks.maySend(partition, target)) {
    telemetry.wentBack(partition, target);
    throw new EngineError(
      'ERR_STATE_REGRESSED',
      `KPIs are counted up to offset ${expected} of partition ${partition}, the log goes on at ${first}: reading again from ${target}.`,
      { retryable: false, context: { partition, rewindTo: target } },
    );
  }
  return target - expected;
}

function ofOldLog(partition: number): EngineError {
  const message = `Partition ${partition} was read before the topic of KPI facts was created again; it is read anew.`;
  return new EngineError('ERR_LOG_UNAVAILABLE', message, { retryable: true, context: { partition } });
}

/** @returns what says that another process counts the same partition */
export function movedOn(partition: number): EngineError {
  const message = `Another process has counted the KPI facts of partition ${partition} meanwhile; it is looked at again.`;
  return new EngineError('ERR_STATE_CONFLICT', message, { retryable: true, context: { partition } });
}
