import { isJsonObject } from '../json-object.ts';

const room = 10_000;
const quotedKeys = new Map<string, string>();

/**
 * One text for equal JSON values: keys sorted, no white space.
 * @returns null when the value is nested deeper than `maxDepth`, which would endanger the stack
 */
export function canonicalJson(value: unknown, maxDepth: number): string | null {
  if (isJsonObject(value)) return maxDepth === 0 ? null : objectText(value, maxDepth);
  if (Array.isArray(value)) return maxDepth === 0 ? null : listText(value, maxDepth);
  // JSON has no infinity; 1e999 is read as one and must not look like null.
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : JSON.stringify(value);
}

function objectText(object: Readonly<Record<string, unknown>>, maxDepth: number): string | null {
  let text = '{';
  for (const key of sortedKeys(object)) {
    const member = canonicalJson(object[key], maxDepth - 1);
    if (member === null) return null;
    text += `${text === '{' ? '' : ','}${quoteKey(key)}:${member}`;
  }
  return `${text}}`;
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

/** Most objects have few keys, often in order already: looking costs less than sorting. */
function sortedKeys(object: Readonly<Record<string, unknown>>): readonly string[] {
  const keys = Object.keys(object);
  for (let i = 1; i < keys.length; i++) if (keys[i] < keys[i - 1]) return keys.sort();
  return keys;
}

/** Keys repeat; a sender that makes up new ones all the time must not fill the memory. */
function quoteKey(key: string): string {
  let quoted = quotedKeys.get(key);
  if (quoted === undefined) {
    quoted = JSON.stringify(key);
    if (quotedKeys.size === room) quotedKeys.clear();
    if (key.length <= 128) quotedKeys.set(key, quoted);
  }
  return quoted;
}
