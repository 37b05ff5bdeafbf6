import { isJsonObject } from '../json-object.ts';

/**
 * One text for equal JSON values: keys sorted, no white space.
 * @returns null when the value is nested deeper than `maxDepth`, which would endanger the stack
 */
export function canonicalJson(value: unknown, maxDepth: number): string | null {
  if (isJsonObject(value)) {
    if (maxDepth === 0) return null;
    const parts: string[] = [];
    for (const key of Object.keys(value).sort()) {
      const text = canonicalJson(value[key], maxDepth - 1);
      if (text === null) return null;
      parts.push(`${JSON.stringify(key)}:${text}`);
    }
    return `{${parts.join(',')}}`;
  }
  if (Array.isArray(value)) {
    if (maxDepth === 0) return null;
    const parts: string[] = [];
    for (const element of value) {
      const text = canonicalJson(element, maxDepth - 1);
      if (text === null) return null;
      parts.push(text);
    }
    return `[${parts.join(',')}]`;
  }
  // JSON has no infinity; 1e999 is read as one and must not look like null.
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : JSON.stringify(value);
}
