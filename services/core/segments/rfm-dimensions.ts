/** The dimensions of an RFM cell, in the order of its name. */
export const rfmDimensions = ['recency', 'frequency', 'monetary'] as const;

/** Name of the cut-off at the end of part `part`, counted from 1 at the lowest values. */
export function rfmCutoffName(dimension: (typeof rfmDimensions)[number], part: number): string {
  return `${dimension}.${part}`;
}
