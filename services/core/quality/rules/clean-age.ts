import type { Verdict } from '../clean-context.ts';
import { readNumber } from '../read-number.ts';

const oldest = 125;

/** An age in years as a number. */
export function cleanAge(value: string | number): Verdict {
  const years = readNumber(value);
  if (years === null) return { state: 'invalid' };
  return years < 0 || years > oldest ? { state: 'impossible' } : { state: 'right', value: years };
}
