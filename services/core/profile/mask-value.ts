import { isEmail } from '../identity/is-email.ts';

const hidden = '***';
const digits = /\d/g;
const fewestDigits = 6;
const unseen = /^[\p{C}\p{Z}]/u;

/**
 * A personal value as it may be shown to whoever looks after data: enough to tell two values apart, too little to reach
 * somebody. An address keeps its first letters and the end of its domain, a number its last two digits, any other text
 * its first letter.
 */
export function maskValue(text: string): string {
  if (isEmail(text)) {
    const [name, domain] = text.split('@', 2);
    return `${firstOf(name)}${hidden}@${firstOf(domain)}${hidden}${domain.slice(domain.lastIndexOf('.'))}`;
  }
  const found = text.match(digits) ?? [];
  if (found.length >= fewestDigits && /^[+\d\s().-]+$/.test(text)) return hidden + found.slice(-2).join('');
  return [...text].length < 3 ? hidden : firstOf(text) + hidden;
}

/** Empty for a character that nobody sees, such as one that turns the direction of what is shown after it. */
function firstOf(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0)!);
  return unseen.test(first) ? '' : first;
}
