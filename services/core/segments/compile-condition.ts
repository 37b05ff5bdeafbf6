import type { MeasureSet } from './measure-set.ts';
import type { Bound, Comparison, Condition } from './segments-document.ts';

/**
 * Whether a condition holds for the measures of a customer.
 * @param isHeld the customer holds what the condition grants: each cut-off is moved by the hysteresis in their favour
 */
export type Test = (values: Float64Array, isHeld: boolean) => boolean;

export interface ConditionScope {
  readonly measures: MeasureSet;
  /** Value of a parameter or cut-off; NaN while a cut-off is missing, which makes comparisons with it false. */
  valueOf(name: string): number;
  readonly hysteresis: number;
}

/** A condition as one function; everything by name is resolved here, once, and nothing is allocated when it is asked. */
export function compileCondition(condition: Condition, scope: ConditionScope): Test {
  if ('all' in condition) {
    const tests = condition.all.map((each) => compileCondition(each, scope));
    return (values, isHeld) => {
      for (let i = 0; i < tests.length; i++) if (!tests[i](values, isHeld)) return false;
      return true;
    };
  }
  if ('any' in condition) {
    const tests = condition.any.map((each) => compileCondition(each, scope));
    return (values, isHeld) => {
      for (let i = 0; i < tests.length; i++) if (tests[i](values, isHeld)) return true;
      return false;
    };
  }
  return compileComparison(condition, scope);
}

function compileComparison(comparison: Comparison, scope: ConditionScope): Test {
  const at = scope.measures.indexOf(comparison.measure);
  const slack = comparison.hysteresis ?? scope.hysteresis;
  const { at_least: atLeast, more_than: moreThan, at_most: atMost, below, known } = comparison;
  if (known !== undefined) return (values) => Number.isNaN(values[at]) !== known;
  if (atLeast !== undefined) {
    const bound = compileBound(atLeast, scope);
    return (values, isHeld) => values[at] >= eased(bound(values), isHeld ? -slack : 0);
  }
  if (moreThan !== undefined) {
    const bound = compileBound(moreThan, scope);
    return (values, isHeld) => values[at] > eased(bound(values), isHeld ? -slack : 0);
  }
  if (atMost !== undefined) {
    const bound = compileBound(atMost, scope);
    return (values, isHeld) => values[at] <= eased(bound(values), isHeld ? slack : 0);
  }
  const bound = compileBound(below ?? Number.NaN, scope);
  return (values, isHeld) => values[at] < eased(bound(values), isHeld ? slack : 0);
}

/** A bound moved by a share of its own size, up or down whatever its sign. */
function eased(bound: number, by: number): number {
  return by === 0 ? bound : bound + Math.abs(bound) * by;
}

function compileBound(bound: Bound, scope: ConditionScope): (values: Float64Array) => number {
  if (typeof bound === 'number') return () => bound;
  if (typeof bound === 'string') {
    const value = scope.valueOf(bound);
    return () => value;
  }
  const numberOf = (value: number | string): number => (typeof value === 'number' ? value : scope.valueOf(value));
  const times = numberOf(bound.times);
  const floor = numberOf(bound.floor);
  const of = scope.measures.indexOf(bound.of);
  return (values) => {
    const multiple = times * values[of];
    return multiple > floor ? multiple : floor;
  };
}
