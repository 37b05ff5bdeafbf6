import { scanJson } from './scan-json.ts';

/** The events of a body as they were sent, by index. */
export type Originals = (index: number) => string;

/**
 * @param text the whole body, valid JSON
 * @param member top-level member that holds the events; null where the body is the one event
 * @param count how many events were parsed
 */
export function findOriginals(text: string, member: string | null, count: number): Originals {
  if (member === null) return () => text;
  const { elements } = scanJson(text, member);
  if (elements.length !== count) throw new RangeError(`found ${elements.length} of ${count} events in the body`);
  return (index) => {
    const { start, end } = elements[index];
    return text.slice(start, end);
  };
}
