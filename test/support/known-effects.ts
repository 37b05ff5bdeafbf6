import { createPopulation } from '../../simulator/customer-population.ts';
import type { Customer } from '../../simulator/customer.ts';
import { createRandom } from '../../simulator/random.ts';

/** A customer of the simulator, with what nobody outside a simulation knows. */
export interface KnownCustomer {
  readonly surrogate: string;
  readonly segment: string;
  /** Probability of no purchase within the window, left alone. */
  readonly churn: number;
  /** What contact adds to it. */
  readonly effect: number;
  /** What the customer spends on average where it buys, in minor units. */
  readonly meanRevenue: number;
  readonly revenueSigma: number;
}

/** Mean of the effects over the customers of the simulator: contact keeps three in a hundred. */
export const trueEffect = -0.03;

const groups = {
  /** Contact reminds them to leave: the sleeping dogs. */
  'steady/slow': { share: 0.35, churn: 0.3, effect: 0.14 },
  'dissatisfied/at-risk': { share: 0.16, churn: 0.65, effect: -0.18 },
  'lapsing/at-risk': { share: 0.14, churn: 0.55, effect: -0.15 },
};
const rest = Object.values(groups).reduce((sum, { share, effect }) => sum + share * effect, 0);
const steadyShare = 0.35;
const segments = {
  ...groups,
  'steady/active': { share: steadyShare, churn: 0.25, effect: (trueEffect - rest) / steadyShare },
};

export const sleepingDogs = 'steady/slow';

/** Half of the steady ones lie above this gap, the median of the simulator. */
const medianGapDays = 24;

/** Customers of the simulator under a seed, each with its own baseline. */
export function knownCustomers(seed: number, customers: number): readonly KnownCustomer[] {
  const reference = Date.UTC(2026, 0, 1);
  const random = createRandom(seed, 'baseline');
  return createPopulation({ seed, customers, historyDays: 365, reference }).map((customer, i) => {
    const segment = segmentOf(customer);
    const { churn, effect } = segments[segment];
    return {
      surrogate: `${seed.toString(16).padStart(16, '0')}${i.toString(16).padStart(16, '0')}`,
      segment,
      churn: churn + random.between(-0.05, 0.05),
      effect,
      meanRevenue: customer.medianOrder * Math.exp(customer.orderSigma ** 2 / 2) * 100,
      revenueSigma: customer.orderSigma,
    };
  });
}

function segmentOf({ behaviour, meanGapDays }: Customer): keyof typeof segments {
  if (behaviour !== 'steady') return `${behaviour}/at-risk`;
  return meanGapDays > medianGapDays ? 'steady/slow' : 'steady/active';
}
