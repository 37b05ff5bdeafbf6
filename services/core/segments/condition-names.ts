import type { Bound, Comparison, Condition } from './segments-document.ts';

/** Names of the measures a condition reads. */
export function measuresOf(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(measuresOf);
  if ('any' in condition) return condition.any.flatMap(measuresOf);
  return [condition.measure, ...boundsOf(condition).flatMap((bound) => (typeof bound === 'object' ? [bound.of] : []))];
}

/** Names of parameters and cut-offs a condition reads. */
export function valueNamesOf(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(valueNamesOf);
  if ('any' in condition) return condition.any.flatMap(valueNamesOf);
  const named = boundsOf(condition).flatMap((bound) =>
    typeof bound === 'object' ? [bound.times, bound.floor] : [bound],
  );
  return named.filter((bound) => typeof bound === 'string');
}

function boundsOf({ at_least, more_than, at_most, below }: Comparison): Bound[] {
  return [at_least, more_than, at_most, below].filter((bound) => bound !== undefined);
}
