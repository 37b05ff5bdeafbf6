import type { CellName } from '../cells.ts';
import { cells } from '../cells.ts';
import type { Expression } from '../expression.ts';
import type { KpiUnit } from '../kpi-definition.ts';

/** What a formula says of the spread of its value; null where cells hold too little to tell. */
export type FormulaShape =
  | { readonly kind: 'share'; readonly part: CellName; readonly whole: CellName }
  | { readonly kind: 'net-score'; readonly up: CellName; readonly down: CellName; readonly whole: CellName }
  | null;

/**
 * A share of counts and a net score carry their own variance. Means of amounts and times do not: their sums are kept, their
 * squares are not. A stock is no sample at all, and things that happened are no part of the customers they happened to.
 */
export function formulaShape(formula: Expression, unit: KpiUnit): FormulaShape {
  if (unit === 'share') {
    const share = divided(formula);
    return share === null ? null : { kind: 'share', ...share };
  }
  return unit === 'net-score' ? netScoreShape(formula) : null;
}

function divided(formula: Expression): { part: CellName; whole: CellName } | null {
  if (formula.op !== 'divide') return null;
  const [part, whole] = [countOf(formula.left), countOf(formula.right)];
  if (part === null || whole === null || cells[part].kind !== cells[whole].kind) return null;
  return { part, whole };
}

function netScoreShape(formula: Expression): FormulaShape {
  const rest = withoutHundred(formula);
  if (rest?.op !== 'divide' || rest.left.op !== 'subtract') return null;
  const [up, down, whole] = [rest.left.left, rest.left.right, rest.right].map(countOf);
  return up === null || down === null || whole === null ? null : { kind: 'net-score', up, down, whole };
}

/** `100 × (…)`, either way round, or `(100 × (up − down)) ÷ whole`. */
function withoutHundred(formula: Expression): Expression | null {
  if (formula.op === 'multiply') {
    if (isHundred(formula.left)) return formula.right;
    return isHundred(formula.right) ? formula.left : null;
  }
  if (formula.op !== 'divide') return null;
  const left = withoutHundred(formula.left);
  return left === null ? null : { op: 'divide', left, right: formula.right };
}

function isHundred(expression: Expression): boolean {
  return expression.op === 'number' && expression.value === 100;
}

function countOf(expression: Expression): CellName | null {
  if (expression.op !== 'cell') return null;
  const { kind, unit } = cells[expression.cell];
  return unit === 'count' && kind !== 'stock' ? expression.cell : null;
}
