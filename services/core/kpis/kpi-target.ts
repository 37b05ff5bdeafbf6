/** Both ends belong to it; null is open. */
export interface Bounds {
  readonly least: number | null;
  readonly most: number | null;
}

/** In the KPI's unit. */
export interface KpiTarget {
  /** The target. */
  readonly green: Bounds;
  /** Holds `green`; what lies beyond is red. */
  readonly amber: Bounds;
}

export type TrafficLight = 'green' | 'amber' | 'red';

export function trafficLight(value: number, { green, amber }: KpiTarget): TrafficLight {
  if (isWithin(value, green)) return 'green';
  return isWithin(value, amber) ? 'amber' : 'red';
}

function isWithin(value: number, { least, most }: Bounds): boolean {
  return (least === null || value >= least) && (most === null || value <= most);
}
