/**
 * Heads of a retention model, in the order of its output columns: the logits of "no purchase" within 30 days, of 60
 * given 30, of 90 given 60; location and (before softplus) scale of the log-normal spend within 90 days given a
 * purchase; log of the expected purchase days and log of the expected spend within 90 days.
 */
export const modelOutputs = [
  'churn30', 'churn60', 'churn90', 'spendMu', 'spendSigma', 'logRate', 'logSpend',
] as const; // prettier-ignore

export type ModelOutput = (typeof modelOutputs)[number];
