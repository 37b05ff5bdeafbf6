import type { KpiUnit } from '../kpi-definition.ts';
import type { KpiTarget } from '../kpi-target.ts';

/**
 * How much of a target is reached, 0 to 100: 100 within its green bounds, and on a straight line down to 0 outside.
 *
 * - below the least L: 0 at the lowest value there is (0; of a net score -100). An L at or under it is reached or not.
 * - above the most M: 0 as far above M as M lies above that lowest value, so at twice the target. A most of 0 is reached or not.
 */
export function achievementOf(value: number, { green }: KpiTarget, unit: KpiUnit): number {
  const floor = unit === 'net-score' ? -100 : 0;
  // A bound at or under the floor leaves no line to stand on: it is reached or not.
  if (green.least !== null && value < green.least) {
    const room = green.least - floor;
    return room > 0 ? cap((100 * (value - floor)) / room) : 0;
  }
  if (green.most === null || value <= green.most) return 100;
  const room = green.most - floor;
  return room > 0 ? cap(100 * (1 - (value - green.most) / room)) : 0;
}

function cap(achievement: number): number {
  return Math.min(100, Math.max(0, achievement));
}
