import type { JudgedPolicy } from '../../models/policy/judge-policy.ts';
import type { ArmUplift } from './judge-arm-uplift.ts';

interface WithEnds {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A figure with its 95 % interval. */
export function describeInterval({ value, low, high }: WithEnds): string {
  return `${value.toFixed(5)} [${low.toFixed(5)}; ${high.toFixed(5)}]`;
}

/** A table of what each policy is worth per row, by three estimators. */
export function describeJudged(judged: readonly JudgedPolicy[]): string {
  const rows = judged.map(({ name, ips, snips, dr, effectiveRows }) => [
    name,
    describeInterval(dr),
    describeInterval(snips),
    describeInterval(ips),
    effectiveRows.toFixed(0),
  ]);
  const table = [
    ['reward per row', 'doubly robust', 'self-normalised', 'inverse propensity', 'effective rows'],
    ...rows,
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table
    .map(
      (row) =>
        `  ${row
          .map((cell, i) => cell.padEnd(widths[i]))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** Lines about how well uplift is ranked. */
export function describeUplift(uplifts: readonly ArmUplift[]): string {
  return uplifts
    .map(({ treated, control, measures: { qini, auuc, topThirty, averageEffect } }) => {
      return (
        `  ${treated} over ${control}: Qini ${describeInterval(qini)}, AUUC ${describeInterval(auuc)},\n` +
        `    uplift of the first 30 % ${describeInterval(topThirty)}, of all ${describeInterval(averageEffect)}\n`
      );
    })
    .join('');
} // prettier-ignore
