import { describe, expect, it } from 'vitest';
import { paretoNbd } from '../../../../services/core/btyd/pareto-nbd.ts';

/** r, alpha, s, beta; x, tx, T, horizon; P(alive), P(active), expected purchases by numerical integrals in mpmath 1.3. */
const known = [
  [[0.5533, 10.578, 0.6062, 11.669], [2, 30.428571, 38.857143, 39], [0.86914284515253, 0.59193843214146, 1.4552382386709]],
  [[0.5533, 10.578, 0.6062, 11.669], [0, 0, 38, 39], [0.30024578642698, 0.071140609334668, 0.11057525109006]],
  [[2, 100, 0.3, 1.5], [40, 50, 60, 13], [0.77349200417695, 0.7328383980151, 2.5626960773631]],
  [[0.4, 2, 1, 300], [3, 10, 200, 90], [0.0027287268062666, 0.0018316917677092, 0.0038009617062697]],
  [[1.2, 30, 1e-3, 1e4], [5, 100, 300, 90], [0.99921123621835, 0.7751829489398, 1.689568002848]],
  [[3, 5, 2, 0.01], [0, 0, 20, 10], [2.009656128848e-9, 9.2984824242904e-10, 1.6079927679406e-9]],
  [[0.8, 20, 0.5, 15], [350, 360, 364, 90], [0.947277033487, 0.94591107818975, 73.739237301524]],
] as const; // prettier-ignore

describe('Pareto/NBD', () => {
  it.each(known)(
    'with parameters %j predicts for %j what the integrals give, to 1e-9',
    (fitted, customer, expected) => {
      const [r, alpha, s, beta] = fitted;
      const [x, tx, T, horizon] = customer;
      const parameters = { r, alpha, s, beta };
      const predicted = [
        paretoNbd.alive(parameters, { x, tx, T }),
        paretoNbd.active(parameters, { x, tx, T }, horizon),
        paretoNbd.expectedPurchases(parameters, { x, tx, T }, horizon),
      ];
      predicted.forEach((value, i) => expect(Math.abs(value / expected[i] - 1)).toBeLessThan(1e-9));
    },
  );
});
