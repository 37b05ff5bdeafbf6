/** Green: the target is reached. Amber: nearly. Red: not. */
export type TrafficLight = 'green' | 'amber' | 'red';

/** From this achievement on a missed target is nearly reached (a default of ours; no handbook has a number). */
export const usualAmberFrom = 90;

/** The light of an achievement from 0 to 100. */
export function trafficLight(achievement: number, amberFrom = usualAmberFrom): TrafficLight {
  if (achievement >= 100) return 'green';
  return achievement >= amberFrom ? 'amber' : 'red';
}
