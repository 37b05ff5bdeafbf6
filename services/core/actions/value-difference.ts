import type { ValueEstimate } from './value-estimate.ts';

/** By how much the first estimate is above the second, row by row on the same log, so that common noise cancels. */
export function valueDifference(first: ValueEstimate, second: ValueEstimate): ValueEstimate {
  return {
    value: first.value - second.value,
    influence: first.influence.map((part, i) => part - second.influence[i]),
  };
}
