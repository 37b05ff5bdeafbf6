import type { StateStore } from '../../core/ports/state-store.ts';
import type { PendingDay } from '../partition-control.ts';
import type { PartitionControls } from '../partition-controls.ts';
import { readControl } from '../read-control.ts';
import type { DaySweep } from '../sweep/day-sweep.ts';

export interface TrailingSweepOptions {
  readonly sweep: DaySweep;
  readonly controls: PartitionControls;
  /** Where the shadow states go. */
  readonly store: StateStore;
  /** Where the live scorers keep theirs. */
  readonly liveStore: StateStore;
}

/**
 * Sweeps a partition only when the live scorers have seen as much of it and have swept all the days that wait here: a
 * day applied to a silent customer of the shadow counts as scored, so its score must stand on the topic already.
 * Otherwise the days stay pending, and whoever takes the shadow over sweeps them.
 */
export function createTrailingSweep({ sweep, controls, store, liveStore }: TrailingSweepOptions): DaySweep {
  return async function sweepBehindLive(partition) {
    const ours = controls.get(partition) ?? (await readControl(store, partition));
    if (ours.pendingDays.length === 0) return false;
    const live = await readControl(liveStore, partition);
    if (live.watermark < ours.watermark) return false;
    const isPending = ({ tenant, day }: PendingDay): boolean =>
      live.pendingDays.some((each) => each.tenant === tenant && each.day === day);
    return ours.pendingDays.some(isPending) ? false : sweep(partition);
  };
}
