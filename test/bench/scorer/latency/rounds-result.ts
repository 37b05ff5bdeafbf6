import { atMost, median, rounded } from '../../bench-report.ts';
import { percentile } from '../../statistics/percentile.ts';
import type { DurationMs } from '../../../../services/core/units.ts';
import type { PartResult } from '../part-result.ts';

export interface LatencyRound {
  readonly ours: readonly DurationMs[];
  readonly bare: readonly DurationMs[];
}

export interface LatencyNames {
  readonly ours: string;
  readonly bare: string;
  readonly bar: number;
}

const p99 = 0.99;

/** Medians over rounds of the 50th and 99th percentiles, and of the ratio of the latter inside each round. */
export function latencyResult(rounds: readonly LatencyRound[], { ours, bare, bar }: LatencyNames): PartResult {
  const figure = (name: string, of: (round: LatencyRound) => readonly DurationMs[]) =>
    [0.5, p99].map((p) => ({
      name: `${name}-p${p * 100}`,
      value: rounded(median(rounds.map((round) => percentile(of(round), p)))),
      unit: 'ms',
    }));
  const ratio = median(rounds.map((round) => percentile(round.ours, p99) / percentile(round.bare, p99)));
  return {
    figures: [...figure(ours, (round) => round.ours), ...figure(bare, (round) => round.bare)],
    ratios: [atMost(`${ours}-p99/${bare}-p99`, rounded(ratio), bar)],
  };
}
