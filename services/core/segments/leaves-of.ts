import { compileCondition, type ConditionScope, type Test } from './compile-condition.ts';
import type { Condition } from './segments-document.ts';

export interface Leaf {
  readonly measure: string;
  readonly test: Test;
}

/** The comparisons of a condition, in order, each on its own: they say which measure decided a change. */
export function leavesOf(condition: Condition, scope: ConditionScope): readonly Leaf[] {
  if ('all' in condition) return condition.all.flatMap((each) => leavesOf(each, scope));
  if ('any' in condition) return condition.any.flatMap((each) => leavesOf(each, scope));
  return [{ measure: condition.measure, test: compileCondition(condition, scope) }];
}
