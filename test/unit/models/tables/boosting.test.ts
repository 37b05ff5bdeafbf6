import { describe, expect, it } from 'vitest';
import { boost, type BoostRules, type BoostSet } from '../../../../models/tables/boosting/boost.ts';
import { findSplit } from '../../../../models/tables/boosting/find-split.ts';
import { sumHistogram, subtractHistogram } from '../../../../models/tables/boosting/histogram.ts';
import { predictTrees } from '../../../../models/tables/boosting/predict-trees.ts';
import type { ColumnSpec } from '../../../../models/tables/column-spec.ts';
import { seededBits } from '../../../../models/training/seeded-bits.ts';

const columns: ColumnSpec[] = [
  { kind: 'number', name: 'x', edges: [1, 2, 3, 4, 5, 6], knots: [0, 7] },
  { kind: 'number', name: 'z', edges: [1, 2, 3, 4, 5, 6], knots: [0, 7] },
  { kind: 'category', name: 'c', values: ['a', 'b', 'd'] },
];
const rules: BoostRules = {
  rounds: 150,
  patience: 20,
  leaves: 4,
  learningRate: 0.2,
  l2: 1,
  minRows: 5,
  rowShare: 1,
  columnShare: 1,
};

function makeSet(labelOf: (x: number, z: number, c: number) => boolean): BoostSet {
  const bits = seededBits(5);
  const draw = (count: number): number => (bits() >>> 0) % count;
  const rows = Array.from({ length: 600 }, () => [draw(8), draw(8), draw(5)] as const);
  const all = Int32Array.from(rows.keys());
  return {
    columns,
    bins: [0, 1, 2].map((at) => Uint8Array.from(rows, (row) => row[at])),
    labels: Uint8Array.from(rows, ([x, z, c]) => Number(labelOf(x, z, c))),
    train: all.filter((row) => row < 400),
    watch: all.filter((row) => row >= 400),
  };
}

describe('boosting', () => {
  it.each([
    ['an interaction of two numbers', (x: number, z: number) => x > 3 === z > 3],
    ['a category', (_x: number, _z: number, c: number) => c === 3],
    ['missing values that go with high ones', (x: number) => x === 0 || x > 5],
    ['missing values that go with low ones', (x: number) => x <= 2],
  ])('learns %s, on rows it has not seen', (_what, labelOf) => {
    const set = makeSet(labelOf);
    const { base, trees, losses } = boost(set, rules, seededBits(1));
    const logits = predictTrees({ base, trees }, 600, set.bins, columns);
    expect(set.watch.filter((row) => logits[row] > 0 !== (set.labels[row] === 1))).toEqual(new Int32Array(0));
    expect(losses.at(-1)).toBeLessThan(losses[0] / 4);
  });

  it('gives the same trees for the same seed, and others for another', () => {
    const set = makeSet((x, z, c) => x + z + c > 9);
    const half = { ...rules, rowShare: 0.5, columnShare: 0.5 };
    const grown = boost(set, half, seededBits(1));
    expect(boost(set, half, seededBits(1))).toEqual(grown);
    expect(boost(set, half, seededBits(2))).not.toEqual(grown);
  });

  it('stops when the watched rows gain nothing', () => {
    const bits = seededBits(9);
    const set = makeSet(() => bits() > 0);
    const { losses, trees } = boost(set, { ...rules, rounds: 500 }, seededBits(1));
    expect(trees.length).toBe(losses.indexOf(Math.min(...losses)) + rules.patience);
  });

  it('finds the split that trying every one by hand finds', () => {
    const set = makeSet((x, z, c) => x * z > 12 || c === 0);
    const gradients = Float64Array.from(set.labels, (label, i) => 0.4 - label + (i % 5) / 50);
    const hessians = new Float64Array(600).fill(0.24);
    const source = { bins: set.bins, offsets: [0, 8, 16], size: 21, gradients, hessians };
    const sum = (rows: readonly number[], of: Float64Array): number => rows.reduce((total, row) => total + of[row], 0);
    const every = [...gradients.keys()];
    const scoreOf = (rows: readonly number[]): number => sum(rows, gradients) ** 2 / (sum(rows, hessians) + 1);
    const gains = columns.flatMap(({ kind }, column) =>
      Array.from({ length: 8 }, (_, bin) => bin).flatMap((bin) =>
        [false, true].map((missingLeft) => {
          const isLeft = (b: number): boolean => (kind === 'category' ? b === bin : b === 0 ? missingLeft : b <= bin);
          const left = every.filter((row) => isLeft(set.bins[column][row]));
          const right = every.filter((row) => !isLeft(set.bins[column][row]));
          if (left.length < 5 || right.length < 5) return 0;
          return scoreOf(left) + scoreOf(right) - scoreOf(every);
        }),
      ),
    );
    const found = findSplit(
      sumHistogram(source, Int32Array.from(every), [0, 1, 2]),
      { g: sum(every, gradients), h: sum(every, hessians), n: 600 },
      columns.map(({ kind }, column) => ({ column, kind, from: column * 8, to: Math.min(21, column * 8 + 8) })),
      rules,
    );
    expect(found?.gain).toBeCloseTo(Math.max(...gains), 9);
  });

  it('gets the sums of one child by taking those of the other off the parent', () => {
    const set = makeSet((x) => x > 3);
    const gradients = Float64Array.from(set.labels, (label) => 1 - label);
    const source = { bins: set.bins, offsets: [0, 8, 16], size: 21, gradients, hessians: gradients };
    const all = Int32Array.from(gradients.keys());
    const parent = sumHistogram(source, all, [0, 1, 2]);
    const child = sumHistogram(source, all.subarray(0, 250), [0, 1, 2]);
    expect(subtractHistogram(parent, child)).toEqual(sumHistogram(source, all.subarray(250), [0, 1, 2]));
  });
});
