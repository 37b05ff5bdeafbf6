import type { ContextColumn } from '../../services/core/actions/context-column.ts';

/** Categories rarer than this many rows are not told apart. */
const minRows = 50;
const maxValues = 30;

/** Fits every column: of numbers when all filled cells are numbers and more than two values occur, else of categories. */
export function fitContextColumns(
  names: readonly string[],
  context: readonly (readonly string[])[],
  rows: readonly number[],
): ContextColumn[] {
  return names.map((name, at) => {
    const counts = new Map<string, number>();
    for (const row of rows) counts.set(context[row][at], (counts.get(context[row][at]) ?? 0) + 1);
    counts.delete('');
    const isNumber = counts.size > 2 && [...counts.keys()].every((text) => Number.isFinite(Number(text)));
    return isNumber ? fitNumber(name, counts) : fitCategory(name, counts);
  });
}

function fitNumber(name: string, counts: ReadonlyMap<string, number>): ContextColumn {
  let rows = 0;
  let sum = 0;
  let squares = 0;
  for (const [text, count] of counts) {
    rows += count;
    sum += count * Number(text);
  }
  const mean = sum / rows;
  for (const [text, count] of counts) squares += count * (Number(text) - mean) ** 2;
  return { kind: 'number', name, mean, sd: Math.sqrt(squares / rows) };
}

function fitCategory(name: string, counts: ReadonlyMap<string, number>): ContextColumn {
  const frequent = [...counts].filter(([, count]) => count >= minRows);
  frequent.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return { kind: 'category', name, values: frequent.slice(0, maxValues).map(([value]) => value) };
}
