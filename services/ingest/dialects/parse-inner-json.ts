import { ingestLimits } from '../ingest-limits.ts';

/**
 * The value of a JSON text that stands in a field of an event; undefined where it is none, or is nested deeper than an
 * event may be: what holds the text is flat, so nothing else looks at the depth inside.
 */
export function parseInnerJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isFlatter(value, ingestLimits.nestingDepth) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFlatter(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((each) => isFlatter(each, depth - 1));
}
