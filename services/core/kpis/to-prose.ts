import type { Expression } from './expression.ts';

const signs = { add: '+', subtract: '−', multiply: '×', divide: '÷' } as const;
const opened = { en: ' when the period began', zhCN: '（期初）' } as const;

/** The formula for readers; cells stand under their names: `csat_satisfied ÷ csat_answers`. */
export function toProse(formula: Expression, language: 'en' | 'zhCN'): string {
  return write(formula, language, false);
}

function write(expression: Expression, language: 'en' | 'zhCN', isPart: boolean): string {
  switch (expression.op) {
    case 'cell':
      return expression.cell;
    case 'opening':
      return `${expression.cell}${opened[language]}`;
    case 'number':
      return expression.value.toLocaleString('en-US', { maximumFractionDigits: 6 });
    default: {
      const left = write(expression.left, language, true);
      const right = write(expression.right, language, true);
      const whole = `${left} ${signs[expression.op]} ${right}`;
      return isPart ? `(${whole})` : whole;
    }
  }
}
