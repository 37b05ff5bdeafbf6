import type { KpiUnit } from '../kpi-definition.ts';
import type { KpiTarget } from './kpi-target.ts';

/**
 * How much of a target is reached, 0 to 100: 100 from the target on, and on a straight line down to 0.
 *
 * - at least T: 0 at the lowest value there is (0; of a net score -100)
 * - at most T: 0 at twice the target. A target of 0 is reached or not.
 * - within L to H: as at least L below, as at most H above
 */
export function achievementOf(value: number, target: KpiTarget, unit: KpiUnit): number {
  const floor = unit === 'net-score' ? -100 : 0;
  if (target.kind === 'within') {
    return value < target.low ? atLeast(value, target.low, floor) : atMost(value, target.high, floor);
  }
  return target.kind === 'at-least' ? atLeast(value, target.value, floor) : atMost(value, target.value, floor);
}

function atLeast(value: number, target: number, floor: number): number {
  if (value >= target) return 100;
  return cap((100 * (value - floor)) / (target - floor));
}

function atMost(value: number, target: number, floor: number): number {
  if (value <= target) return 100;
  const room = target - floor;
  return room > 0 ? cap(100 * (1 - (value - target) / room)) : 0;
}

/** A target at or under the floor leaves no line to stand on: it is reached or not. */
function cap(achievement: number): number {
  return Number.isFinite(achievement) ? Math.min(100, Math.max(0, achievement)) : 0;
}
