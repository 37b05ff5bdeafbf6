import { readCountName } from './quality-counts.ts';
import type { QualityDimension } from './quality-dimension.ts';
import type { QualityTargets } from './quality-targets.ts';

export interface QualityScore {
  readonly good: number;
  readonly all: number;
  /** good ÷ all. */
  readonly score: number;
  readonly target: number;
  readonly isMet: boolean;
}

/** Dimensions without a single value are absent: nothing is known of them. */
export type QualityScores = Readonly<Partial<Record<QualityDimension, QualityScore>>>;

export interface FieldQuality {
  readonly type: string;
  readonly field: string;
  readonly scores: QualityScores;
}

export interface SourceQuality {
  readonly scores: QualityScores;
  readonly types: readonly { readonly type: string; readonly scores: QualityScores }[];
  readonly fields: readonly FieldQuality[];
  /** Rule → values it changed. */
  readonly rules: Readonly<Record<string, number>>;
  /** Fields left out by an allow-list. */
  readonly surplus: number;
}

type Tally = Map<QualityDimension, { good: number; all: number }>;

/** The scores of one source from its counts: over everything, per event type, and per type and field. */
export function scoreQuality(counts: ReadonlyMap<string, number>, targets: QualityTargets): SourceQuality {
  const whole: Tally = new Map();
  const types = new Map<string, Tally>();
  const fields = new Map<string, { readonly type: string; readonly field: string; readonly tally: Tally }>();
  const rules: Record<string, number> = {};
  let surplus = 0;
  for (const [name, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const read = readCountName(name);
    if (read === null) continue;
    if (read.what === 'surplus') surplus += count;
    else if (read.what === 'rule') rules[read.rule] = count;
    else {
      const { type, field, dimension, isGood } = read;
      const ofType = types.get(type) ?? (new Map() as Tally);
      const ofField = fields.get(`${type}|${field}`) ?? { type, field, tally: new Map() as Tally };
      types.set(type, ofType);
      fields.set(`${type}|${field}`, ofField);
      for (const tally of [whole, ofType, ofField.tally]) tallyUp(tally, dimension, isGood ? count : 0, count);
    }
  }
  return {
    scores: toScores(whole, targets),
    types: [...types].sort(byKey).map(([type, tally]) => ({ type, scores: toScores(tally, targets) })),
    fields: [...fields].sort(byKey).map(([, { tally, ...each }]) => ({ ...each, scores: toScores(tally, targets) })),
    rules,
    surplus,
  };
}

function tallyUp(tally: Tally, dimension: QualityDimension, good: number, all: number): void {
  const before = tally.get(dimension) ?? { good: 0, all: 0 };
  tally.set(dimension, { good: before.good + good, all: before.all + all });
}

function toScores(tally: Tally, { shares }: QualityTargets): QualityScores {
  const scores = [...tally].map(([dimension, { good, all }]): [QualityDimension, QualityScore] => {
    const target = shares[dimension];
    return [dimension, { good, all, score: good / all, target, isMet: good / all >= target }];
  });
  return Object.fromEntries(scores);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
