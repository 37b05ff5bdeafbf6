/** A line through points as a sum of hinges max(0, x - from), as units of a net make it. */
export interface Hinges {
  /** Value up to the first point. */
  readonly lowest: number;
  /** How much the line's slope changes at each point. */
  readonly bends: readonly { readonly from: number; readonly change: number }[];
  /** The line itself; beyond the last point it goes straight on. */
  readonly valueAt: (x: number) => number;
}

/** @param points at least two, x ascending */
export function toHinges(points: readonly { readonly x: number; readonly y: number }[]): Hinges {
  let before = 0;
  const bends = points.slice(1).map(({ x, y }, i) => {
    const slope = (y - points[i].y) / (x - points[i].x);
    const change = slope - before;
    before = slope;
    return { from: points[i].x, change };
  });
  const lowest = points[0].y;
  return {
    lowest,
    bends,
    valueAt: (x) => bends.reduce((sum, { from, change }) => sum + change * Math.max(0, x - from), lowest),
  };
}
