import { hypergeometricOne } from './hypergeometric-one.ts';

/** The chance not to renew is Beta(alpha, beta) over customers. Both > 0. */
export interface ShiftedBetaGeometricParameters {
  readonly alpha: number;
  readonly beta: number;
}

/**
 * The sBG model of contracts: Fader and Hardie (2007), "How to Project Customer Retention", Journal of Interactive
 * Marketing 21(1), 76-90. Periods are counted from 0, the one that the customer signed for.
 */
export const shiftedBetaGeometric = {
  /** Share of a cohort that is still under contract after `renewals` chances to leave. */
  survival: ({ alpha, beta }: ShiftedBetaGeometricParameters, renewals: number): number => {
    let share = 1;
    for (let i = 0; i < renewals; i++) share *= (beta + i) / (alpha + beta + i);
    return share;
  },

  /** Probability that a customer who has renewed `renewals` times renews once more; rises with `renewals`. */
  renews: ({ alpha, beta }: ShiftedBetaGeometricParameters, renewals: number): number =>
    (beta + renewals) / (alpha + beta + renewals),

  /**
   * Discounted expected number of further renewals of a customer who has renewed `renewals` times and is about to decide
   * (Fader and Hardie 2010, Marketing Science 29(1), 85-93, equation 6); the decision that is due counts in full.
   * @param discountRate per period, > 0
   */
  residualLifetime: (
    { alpha, beta }: ShiftedBetaGeometricParameters,
    renewals: number,
    discountRate: number,
  ): number => {
    const stay = beta + renewals;
    const leave = alpha + stay;
    return (stay / leave) * hypergeometricOne(stay + 1, leave + 1, 1 / (1 + discountRate));
  },
};
