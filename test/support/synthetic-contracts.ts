import { seededBits } from '../../models/training/seeded-bits.ts';

/** A made-up table of contracts and the probability each outcome was drawn with. */
export interface SyntheticContracts {
  readonly csv: string;
  readonly truth: readonly number[];
  readonly outcomes: readonly boolean[];
}

export interface ContractOptions {
  readonly rows: number;
  readonly seed: number;
  /** First number of the ids, so that two tables share no customer. */
  readonly firstId?: number;
}

const header = 'customer,region,plan,months,fee,calls,country,note,Churn';

/**
 * The log odds fall with the months, more so on the monthly plan (an interaction), rise with the fee, and jump where
 * the number of calls is unknown. `region` means nothing, `country` is constant, `customer` numbers the rows, and every
 * seventh `note` is missing.
 */
export function makeContracts({ rows, seed, firstId = 1 }: ContractOptions): SyntheticContracts {
  const bits = seededBits(seed);
  const chance = (): number => (bits() >>> 0) / 2 ** 32;
  const pick = (values: readonly string[]): string => values[Math.floor(chance() * values.length)];
  const truth: number[] = [];
  const outcomes: boolean[] = [];
  const lines = Array.from({ length: rows }, (_, i) => {
    const plan = pick(['monthly', 'yearly', 'two, years']);
    const months = Math.floor(chance() * 60);
    const fee = 10 + chance() * 90;
    const calls = chance() < 0.2 ? null : Math.floor(chance() * 8);
    const slope = plan === 'monthly' ? -0.09 : -0.01;
    const logit = (plan === 'monthly' ? 1.8 : -1.5) + slope * months + 0.02 * (fee - 55) + (calls === null ? 2 : 0);
    const p = 1 / (1 + Math.exp(-logit));
    truth.push(p);
    outcomes.push(chance() < p);
    const note = i % 7 === 0 ? 'NA' : pick(['a', 'b']);
    const cells = [firstId + i, pick(['north', 'south']), `"${plan}"`, months, fee.toFixed(2), calls ?? '', 'UK', note];
    return [...cells, outcomes[i] ? 'Yes' : 'No'].join(',');
  });
  return { csv: [header, ...lines, ''].join('\n'), truth, outcomes };
}
