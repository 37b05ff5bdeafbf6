import type { Classifier } from './classifier.ts';
import { compileCondition, type ConditionScope } from './compile-condition.ts';
import { rfmCutoffName, rfmDimensions } from './rfm-dimensions.ts';
import type { RfmScheme } from './segments-document.ts';

interface Dimension {
  readonly measure: string;
  readonly at: number;
  /** Ascending. */
  readonly cuts: readonly number[];
  /** Low values are the good ones. */
  readonly isReversed: boolean;
}

/**
 * Cells `R5F5M5` (bought lately, often, much) to `R1F1M1`, and `none` for who is not among the buyers. Place 0 is `none`;
 * the others count the parts of recency, frequency and monetary value in that order. Without all cut-offs no cell.
 */
export function compileRfm(name: string, rule: RfmScheme, scope: ConditionScope): Classifier {
  const { parts, announced } = rule;
  const isAmong = compileCondition(rule.among, scope);
  const dimensions = rfmDimensions.map((dimension): Dimension => {
    const cuts = Array.from({ length: parts - 1 }, (_, i) => scope.valueOf(rfmCutoffName(dimension, i + 1)));
    const measure = rule[dimension];
    return { measure, at: scope.measures.indexOf(measure), cuts, isReversed: dimension === 'recency' };
  });
  const isComplete = dimensions.every(({ cuts }) => cuts.every((cut) => !Number.isNaN(cut)));
  return {
    kind: 'cell',
    name,
    places: cellNames(parts),
    announced,
    isPredicted: dimensions.some(({ measure }) => scope.measures.isPredicted(measure)),
    assign(values, previous) {
      if (!isComplete) return -1;
      if (!isAmong(values, previous > 0)) return 0;
      let cell = 0;
      for (let i = 0; i < dimensions.length; i++) {
        const before = previous > 0 ? digit(previous - 1, i, parts) : -1;
        cell = cell * parts + partOf(values, dimensions[i], { before, parts, slack: scope.hysteresis });
      }
      return cell + 1;
    },
    because(_, previous, next) {
      if (previous <= 0 || next <= 0) return null;
      const moved = dimensions.find((_each, i) => digit(previous - 1, i, parts) !== digit(next - 1, i, parts));
      return moved?.measure ?? null;
    },
  };
}

/** Part of a value, 0 for the worst. The cut-offs below the part held before are eased. */
function partOf(
  values: Float64Array,
  { at, cuts, isReversed }: Dimension,
  { before, parts, slack }: { readonly before: number; readonly parts: number; readonly slack: number },
): number {
  const value = values[at];
  if (Number.isNaN(value)) return 0;
  const held = isReversed && before >= 0 ? parts - 1 - before : before;
  const isEased = (i: number): boolean => (isReversed ? before >= 0 && i >= held : i < held);
  let passed = 0;
  for (; passed < cuts.length; passed++) {
    const cut = cuts[passed];
    // Recency is good while it is low: keeping the part means that the cut-off above it stands further up.
    const bound = isEased(passed) ? cut + Math.abs(cut) * (isReversed ? slack : -slack) : cut;
    if (isReversed ? value <= bound : value < bound) break;
  }
  return isReversed ? parts - 1 - passed : passed;
}

function digit(cell: number, dimension: number, parts: number): number {
  return Math.floor(cell / parts ** (2 - dimension)) % parts;
}

function cellNames(parts: number): string[] {
  const names = ['none'];
  for (let r = 1; r <= parts; r++)
    for (let f = 1; f <= parts; f++) for (let m = 1; m <= parts; m++) names.push(`R${r}F${f}M${m}`);
  return names;
}
