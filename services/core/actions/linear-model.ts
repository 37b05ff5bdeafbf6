/** Coefficients of one linear model: the intercept, then one per input. */
export type LinearModel = readonly number[];
