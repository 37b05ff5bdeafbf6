import type { CellName } from './cells.ts';

/**
 * How a KPI follows from cells. Data, so that one and the same formula is computed here, becomes a recording rule of
 * Prometheus and stands in the reference page.
 */
export type Expression =
  /** Sum of a cell over the period; of a stock, what it holds when the period ends. */
  | { readonly op: 'cell'; readonly cell: CellName }
  /** What a stock held when the period began. */
  | { readonly op: 'opening'; readonly cell: CellName }
  | { readonly op: 'number'; readonly value: number }
  /** `divide` by 0 has no value, and neither has what is made of it. */
  | { readonly op: 'add' | 'subtract' | 'multiply' | 'divide'; readonly left: Expression; readonly right: Expression };

export function cell(name: CellName): Expression {
  return { op: 'cell', cell: name };
}
export function opening(name: CellName): Expression {
  return { op: 'opening', cell: name };
}
export function number(value: number): Expression {
  return { op: 'number', value };
}
export function add(left: Expression, right: Expression): Expression {
  return { op: 'add', left, right };
}
export function subtract(left: Expression, right: Expression): Expression {
  return { op: 'subtract', left, right };
}
export function multiply(left: Expression, right: Expression): Expression {
  return { op: 'multiply', left, right };
}
export function divide(left: Expression, right: Expression): Expression {
  return { op: 'divide', left, right };
}

/** What the cells of one period hold. */
export interface CellReader {
  cell(name: CellName): number;
  opening(name: CellName): number;
}

/** The value, or null where something would be divided by 0. */
export function evaluate(expression: Expression, cells: CellReader): number | null {
  switch (expression.op) {
    case 'cell':
      return cells.cell(expression.cell);
    case 'opening':
      return cells.opening(expression.cell);
    case 'number':
      return expression.value;
    default: {
      const left = evaluate(expression.left, cells);
      const right = evaluate(expression.right, cells);
      return left === null || right === null ? null : operate(expression.op, left, right);
    }
  }
}

function operate(op: 'add' | 'subtract' | 'multiply' | 'divide', left: number, right: number): number | null {
  if (op === 'add') return left + right;
  if (op === 'subtract') return left - right;
  if (op === 'multiply') return left * right;
  return right === 0 ? null : left / right;
}

/** The cells it reads, each once, in the order of their first mention. */
export function cellsOf(expression: Expression): readonly CellName[] {
  if (expression.op === 'number') return [];
  if (expression.op === 'cell' || expression.op === 'opening') return [expression.cell];
  return [...new Set([...cellsOf(expression.left), ...cellsOf(expression.right)])];
}
