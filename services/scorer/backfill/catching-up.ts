import type { PartitionHealth } from '../../core/ports/log.ts';

/** A gap of so many records is repeated within a second or two at a switch-over. */
export const smallGapRecords = 1_000;

/**
 * Why scorers should not be switched to the shadow states yet; empty when they may. Switching early is safe all the
 * same: the gap is then larger, and so are the scores published a second time.
 */
export function catchingUp(partitions: readonly PartitionHealth[], hasSeenLive: boolean): string[] {
  if (!hasSeenLive) return ['the offsets of the live group are not known yet'];
  return partitions
    .filter(({ lag }) => lag === null || lag > smallGapRecords)
    .map(
      ({ partition, lag }) =>
        `the backfill of partition ${partition} is ${lag ?? 'an unknown number of'} records behind the live group`,
    );
}
