/** A task that wants a place in today's queue. */
export interface QueueCandidate {
  readonly taskId: string;
  readonly priority: number;
  /** Urgent cases and promises to customers come first, whatever they are worth, and are never left out. */
  readonly isDue: boolean;
}

export interface FilledQueue {
  readonly kept: readonly string[];
  /** What did not fit, best first; it is counted, and asks again tomorrow. */
  readonly overflow: readonly string[];
}

/**
 * Fills a queue of limited capacity: first what is due, then by priority, ties by id so that every process decides alike.
 * What is due is kept beyond the capacity: a promise does not lapse because a team is small.
 */
export function fillQueue(candidates: readonly QueueCandidate[], capacity: number | null): FilledQueue {
  const ordered = candidates.toSorted(byUrgency);
  const due = ordered.filter(({ isDue }) => isDue).length;
  const places = capacity === null ? ordered.length : Math.max(due, capacity);
  const ids = ordered.map(({ taskId }) => taskId);
  return { kept: ids.slice(0, places), overflow: ids.slice(places) };
}

function byUrgency(one: QueueCandidate, other: QueueCandidate): number {
  if (one.isDue !== other.isDue) return one.isDue ? -1 : 1;
  if (one.priority !== other.priority) return other.priority - one.priority;
  return one.taskId < other.taskId ? -1 : 1;
}
