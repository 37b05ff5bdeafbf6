import { isJsonObject } from '../json-object.ts';
import { orderKeys } from './order-keys.ts';
import { quoteText } from '../quote-text.ts';

/**
 * One text for equal JSON values: keys sorted, no white space.
 * @returns null when the value is nested deeper than `maxDepth`, which would endanger the stack
 */
export function canonicalJson(value: unknown, maxDepth: number): string | null {
  if (typeof value === 'string') return quoteText(value);
  // JSON has no infinity; 1e999 is read as one and must not look like null.
  if (typeof value === 'number') return String(value);
  if (isJsonObject(value)) return maxDepth === 0 ? null : objectText(value, maxDepth);
  if (Array.isArray(value)) return maxDepth === 0 ? null : listText(value, maxDepth);
  return JSON.stringify(value);
}

function objectText(object: Readonly<Record<string, unknown>>, maxDepth: number): string | null {
  const { keys, openings } = orderKeys(Object.keys(object));
  let text = '';
  for (let i = 0; i < keys.length; i++) {
    const member = canonicalJson(object[keys[i]], maxDepth - 1);
    if (member === null) return null;
    text += openings[i] + member;
  }
  return text === '' ? '{}' : `${text}}`;
}

function listText(list: readonly unknown[], maxDepth: number): string | null {
  let text = '[';
  for (const each of list) {
    const element = canonicalJson(each, maxDepth - 1);
    if (element === null) return null;
    text += text === '[' ? element : `,${element}`;
  }
  return `${text}]`;
}
