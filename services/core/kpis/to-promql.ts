import { cellsOf, evaluate, type Expression } from './expression.ts';
import { cellMetric } from './metric-name.ts';
import type { PeriodKind } from './period.ts';

/**
 * The formula in PromQL, over the gauges of cells: one series per tenant, period and `which`, however many processes
 * export them. Where something would be divided by 0 there is no series, as `evaluate` has no value.
 * @param kinds periods it is recorded for
 * @throws RangeError for a formula that reads no cell, or whose numbers alone divide by 0
 */
export function toPromql(formula: Expression, kinds: readonly PeriodKind[]): string {
  if (cellsOf(formula).length === 0) throw new RangeError('a formula must read a cell');
  return write(formula, kinds.join('|'));
}

const signs = { add: '+', subtract: '-', multiply: '*', divide: '/' } as const;

function write(expression: Expression, kinds: string): string {
  if (cellsOf(expression).length === 0) return constant(expression);
  switch (expression.op) {
    case 'cell':
    case 'opening': {
      const { name, unitsPerOne } = cellMetric(expression.op, expression.cell);
      const gauge = `max by (tenant, period, which) (${name}{period=~"${kinds}"})`;
      return unitsPerOne === 1 ? gauge : `(${gauge} * ${unitsPerOne})`;
    }
    case 'number':
      return constant(expression);
    case 'divide':
      return `(${write(expression.left, kinds)} / ${divisor(expression.right, kinds)})`;
    default:
      return `(${write(expression.left, kinds)} ${signs[expression.op]} ${write(expression.right, kinds)})`;
  }
}

function divisor(expression: Expression, kinds: string): string {
  const written = write(expression, kinds);
  if (cellsOf(expression).length > 0) return `(${written} != 0)`;
  if (Number(written) === 0) throw new RangeError('a formula always divides by 0');
  return written;
}

function constant(expression: Expression): string {
  const value = evaluate(expression, { cell: () => 0, opening: () => 0 });
  if (value === null || !Number.isFinite(value)) throw new RangeError('a formula always divides by 0');
  return value < 0 ? `(${value})` : String(value);
}
