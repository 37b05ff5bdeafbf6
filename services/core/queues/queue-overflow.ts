/**
 * How many of the tasks that wait find no place in a queue: what `fillQueue` leaves over, told from counts alone.
 * @param overdue those of them that are due: they are kept beyond the capacity
 * @param capacity null for as many as come
 */
export function queueOverflow(waiting: number, overdue: number, capacity: number | null): number {
  return capacity === null ? 0 : Math.max(0, waiting - Math.max(overdue, capacity));
}
