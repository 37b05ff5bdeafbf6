import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface SimulatedRow {
  readonly id: string;
  readonly age: number;
  readonly channel: string;
  readonly arm: string;
  readonly propensity: number;
  readonly reward: number;
}

/**
 * A logged experiment of three arms with propensities that differ between channels: `mail` earns 1 more than `none`, and
 * by `slope` more for each year above 40 than `call`, which earns 1 more than `none` as well; noise is uniform within 2.
 */
export function simulateExperiment(count: number, slope: number, seed: number): SimulatedRow[] {
  const random = xoroshiro128plus(seed);
  const draw = (low: number, high: number): number => uniformInt(random, low, high);
  return Array.from({ length: count }, (_, i) => {
    const age = draw(20, 60);
    const channel = ['web', 'shop'][draw(0, 1)];
    const shares = channel === 'web' ? { mail: 0.5, call: 0.25, none: 0.25 } : { mail: 0.25, call: 0.25, none: 0.5 };
    const at = draw(0, 99) / 100;
    const arm = at < shares.mail ? 'mail' : at < shares.mail + shares.call ? 'call' : 'none';
    const effects = { mail: 1 + slope * (age - 40), call: 1, none: 0 };
    const reward = (channel === 'web' ? 2 : 1) + effects[arm] + draw(-2000, 2000) / 1000;
    return { id: `c${i}`, age, channel, arm, propensity: shares[arm], reward };
  });
}

/** The rows as a CSV file. */
export function experimentCsv(rows: readonly SimulatedRow[]): string {
  const lines = rows.map((row) => [row.id, row.age, row.channel, row.arm, row.propensity, row.reward].join(','));
  return ['customer,age,channel,arm,propensity,reward', ...lines, ''].join('\n');
}
