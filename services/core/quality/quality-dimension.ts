/** The four ways in which data can be good; docs/reference/quality.md has their formulas. */
export const qualityDimensions = ['completeness', 'accuracy', 'consistency', 'timeliness'] as const;

export type QualityDimension = (typeof qualityDimensions)[number];
