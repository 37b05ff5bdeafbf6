import type { OpenedRequest } from '../dialects/dialect.ts';
import { findElements } from './find-elements.ts';

/** The events of a request as they were sent, by index. */
export type Originals = (index: number) => string;

/**
 * @param text the whole body, valid JSON where the events stand in it
 * @param events as the dialect found them
 */
export function findOriginals(text: string, events: readonly unknown[], from: OpenedRequest['from']): Originals {
  if (from === 'body') return () => text;
  if (from === 'none') return (index) => JSON.stringify(events[index]);
  const elements = findElements(text, from === 'list' ? null : from.member);
  if (elements.length !== events.length) {
    throw new RangeError(`found ${elements.length} of ${events.length} events in the body`);
  }
  return (index) => {
    const { start, end } = elements[index];
    return text.slice(start, end);
  };
}
