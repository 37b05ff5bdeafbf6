import { isEmail } from '../../identity/is-email.ts';
import type { Verdict } from '../clean-context.ts';

const longest = 320;

/** An e-mail address in lower case, without `mailto:`. Dots and `+` parts stay: only its owner knows what they mean. */
export function cleanEmail(value: string | number): Verdict {
  if (typeof value === 'number' || value.length > longest) return { state: 'invalid' };
  const address = value
    .replace(/^(?:\s*mailto:\s*)+/i, '')
    .toLowerCase()
    .normalize('NFC');
  return isEmail(address) ? { state: 'right', value: address } : { state: 'invalid' };
}
