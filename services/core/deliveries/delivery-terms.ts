import type { DurationMs } from '../units.ts';

const hour = 3_600_000;

/** A message that could not go out for so long says nothing that is still true. */
export const latestMessageMs: DurationMs = 48 * hour;

/** What the tasks topic tells of longer ago is not called or told any more. */
export const latestCallMs: DurationMs = 30 * 24 * hour;

/**
 * A delivery stays known for so long after it was queued, sent or given up. Longer than `latestCallMs`, so that a topic
 * read from its start finds what it told either known or too old.
 */
export const keepDeliveryMs: DurationMs = 35 * 24 * hour;
