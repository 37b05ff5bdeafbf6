/** Fields of a policy file over three actions; per customer it mails those who bought lately and texts the others. */
export function aPolicyFile(overrides: Readonly<Record<string, unknown>> = {}): object {
  const judged = (name: string, value: number) => {
    const interval = { value, standardError: 0.1, low: value - 0.2, high: value + 0.2 };
    return { name, ips: interval, snips: interval, dr: interval, effectiveRows: 500 };
  };
  return {
    format: 1,
    arms: ['mail', 'none', 'text'],
    bestArm: 'mail',
    context: ['recency_days', 'zone'],
    perCustomer: {
      candidate: { learner: 'outcomes', penalty: 0.1 },
      columns: [
        { kind: 'number', name: 'recency_days', mean: 50, sd: 25 },
        { kind: 'category', name: 'zone', values: ['city'] },
      ],
      // intercept, score of the recency, what of it is above the mean, whether it is missing, whether the zone is a city
      models: [
        [1, -1, 0, 0, 0],
        [0, 0, 0, 0, 0],
        [0.5, 1, 0, 0, 1],
      ],
    },
    learnt: { source: 'log.csv', rows: 900, customers: 900, reward: 'visit', propensity: { mail: 1 / 3, none: 1 / 3, text: 1 / 3 }, folds: 5 },
    judged: [judged('none', 0.3), judged('mail', 0.9), judged('text', 0.6), judged('per customer', 1.2)],
    gain: { value: 0.3, standardError: 0.05, low: 0.2, high: 0.4 },
    ...overrides,
  }; // prettier-ignore
}

/** The same with one action for all. */
export const alikePolicyFile = aPolicyFile({ perCustomer: null });
