const missingWords = new Set(['', 'na', 'n/a', 'nan', 'null', '?']);

/** Whether a trimmed cell says that nothing is known. "None" does not: it is often an answer. */
export function isMissing(cell: string): boolean {
  return missingWords.has(cell.toLowerCase());
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** The number in a trimmed cell; NaN where there is none, or an infinite one. */
export function readNumber(cell: string): number {
  const value = decimal.test(cell) ? Number(cell) : NaN;
  return Number.isFinite(value) ? value : NaN;
}
