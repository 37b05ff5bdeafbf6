/**
 * Most that came in one window of a time, per second.
 * @param times when each came, in milliseconds
 */
export function peakRate(times: readonly number[], [from, to]: readonly [number, number], windowMs: number): number {
  let most = 0;
  for (let start = from; start + windowMs <= to; start += 100) {
    most = Math.max(most, countIn(times, [start, start + windowMs]));
  }
  return (most / windowMs) * 1000;
}

/** How many came per second, on average. */
export function meanRate(times: readonly number[], [from, to]: readonly [number, number]): number {
  return (countIn(times, [from, to]) / (to - from)) * 1000;
}

function countIn(times: readonly number[], [from, to]: readonly [number, number]): number {
  return times.filter((time) => time >= from && time < to).length;
}
