import { observedShare } from '../../labels/observed-share.ts';

/** A 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** So many of so many. */
export interface Share {
  readonly part: number;
  readonly whole: number;
}

/** So many of so many with +1, so many with -1, the rest with 0. */
export interface NetScore {
  readonly up: number;
  readonly down: number;
  readonly whole: number;
}

const z95 = 1.959963984540054;

/**
 * How much a share changed, after minus before, with what chance allows: Newcombe's hybrid score interval (1998, Statistics
 * in Medicine 17, method 10), which holds for few cases and shares near 0 and 1. It takes the two samples for independent.
 * @returns null where one of them is empty
 */
export function shareDifference(before: Share, after: Share): Interval | null {
  const [was, is] = [before, after].map(({ part, whole }) => observedShare(part, whole));
  if (was === null || is === null) return null;
  const difference = is.share - was.share;
  return {
    low: difference - Math.hypot(is.share - is.low, was.high - was.share),
    high: difference + Math.hypot(is.high - is.share, was.share - was.low),
  };
}

/** Fewest answers before and after with which the normal approximation of a net score is worth showing. */
export const fewestAnswers = 30;

/**
 * How much a net score in points (-100 to 100) changed: the difference of two means of +1, 0 and -1 with the variance that
 * these have. Half an answer each way is added to either end, so that a score of all alike is not taken for certain.
 * @returns null below 30 answers before or after
 */
export function netScoreDifference(before: NetScore, after: NetScore): Interval | null {
  if (Math.min(before.whole, after.whole) < fewestAnswers) return null;
  const difference = pointsOf(after) - pointsOf(before);
  const half = z95 * Math.sqrt(varianceOf(before) + varianceOf(after));
  return { low: difference - half, high: difference + half };
}

function pointsOf({ up, down, whole }: NetScore): number {
  return (100 * (up - down)) / whole;
}

function varianceOf({ up, down, whole }: NetScore): number {
  const count = whole + 1;
  const [rising, falling] = [(up + 0.5) / count, (down + 0.5) / count];
  return (10_000 * (rising + falling - (rising - falling) ** 2)) / count;
}
