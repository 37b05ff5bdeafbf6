import type { Classifier } from './classifier.ts';
import { compileCondition, type ConditionScope, type Test } from './compile-condition.ts';
import { measuresOf, valueNamesOf } from './condition-names.ts';
import { leavesOf, type Leaf } from './leaves-of.ts';
import type { Condition, CriteriaScheme } from './segments-document.ts';

interface Rule {
  readonly test: Test;
  readonly leaves: readonly Leaf[];
}

const noPlace = -1;

/**
 * The first rule that holds is the tier, and the last holds for everybody: total and disjoint by construction. The rule
 * of the tier held before is read with its cut-offs eased, so a customer at a cut-off keeps their tier: what eased it
 * holds, strict or not, can only be more, and asking again gives the same answer.
 */
export function compileCriteria(
  name: string,
  { tiers, announced }: Pick<CriteriaScheme, 'tiers' | 'announced'>,
  scope: ConditionScope,
): Classifier {
  const rules = tiers.map(({ when }) => (when === undefined ? null : compileRule(when, scope)));
  const read = tiers.flatMap(({ when }) => (when === undefined ? [] : measuresOf(when)));
  const isComplete = tiers.every(({ when }) => when === undefined || hasValues(when, scope));
  return {
    kind: 'tier',
    name,
    places: tiers.map((tier) => tier.name),
    announced,
    isPredicted: read.some((measure) => scope.measures.isPredicted(measure)),
    assign: isComplete ? (values, previous) => firstThatHolds(rules, values, previous) : () => noPlace,
    because: (values, previous, next) => decidingMeasure(rules, values, previous, next),
  };
}

function compileRule(when: Condition, scope: ConditionScope): Rule {
  return { test: compileCondition(when, scope), leaves: leavesOf(when, scope) };
}

/** A cut-off that is not in force yet would make every comparison false, which is not what the scheme says. */
function hasValues(when: Condition, scope: ConditionScope): boolean {
  return valueNamesOf(when).every((name) => !Number.isNaN(scope.valueOf(name)));
}

function firstThatHolds(rules: readonly (Rule | null)[], values: Float64Array, previous: number): number {
  const last = rules.length - 1;
  for (let i = 0; i < last; i++) if (rules[i]?.test(values, i === previous) === true) return i;
  return last;
}

function decidingMeasure(
  rules: readonly (Rule | null)[],
  values: Float64Array,
  previous: number,
  next: number,
): string | null {
  const left = previous === noPlace || next < previous ? null : rules[previous];
  const failed = left?.leaves.find(({ test }) => !test(values, true));
  const held = rules[next]?.leaves.find(({ test }) => test(values, false));
  return failed?.measure ?? held?.measure ?? null;
}
