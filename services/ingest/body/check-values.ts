import { EngineError } from '../../core/errors.ts';

/** Ten times what a full batch of ordinary events has; a text of brackets alone takes seconds to parse. */
const mostContainers = 250_000;
const mostValues = 1_000_000;

/**
 * Refuses a JSON text that would hold up everybody else while it is parsed: ERR_BODY_TOO_LARGE. Brackets and commas are
 * counted wherever they stand, in texts too, for that needs no parsing.
 */
export function checkValues(text: string): void {
  // Every bracket and comma is a character, so short texts need no counting.
  if (text.length <= mostContainers) return;
  const containers = countOf(text, '[', mostContainers) + countOf(text, '{', mostContainers);
  if (containers <= mostContainers && countOf(text, ',', mostValues) <= mostValues) return;
  const message = `the body has more than ${mostContainers} objects and lists, or ${mostValues} values; send smaller batches`;
  throw new EngineError('ERR_BODY_TOO_LARGE', message, { retryable: false });
}

/** Counts no further than `most` + 1. */
function countOf(text: string, character: string, most: number): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0 && count <= most; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}
