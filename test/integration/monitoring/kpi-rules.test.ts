import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { installMonitoring } from '../../../scripts/monitoring/install-monitoring.ts';
import { runProgram } from '../../../scripts/monitoring/run-program.ts';
import { add, cell, divide, evaluate, type Expression, multiply, number, opening, subtract } from '../../../services/core/kpis/expression.ts'; // prettier-ignore
import { cellMetric } from '../../../services/core/kpis/metric-name.ts';
import { toPromql } from '../../../services/core/kpis/to-promql.ts';
import { rootDir } from '../../support/root-dir.ts';

let promtool: string;
let folder: string;

beforeAll(async () => {
  ({ promtool } = await installMonitoring({ log: () => undefined }));
  folder = await mkdtemp(join(tmpdir(), 'kpi-rules-'));
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const rules = join(rootDir, 'observability', 'prometheus', 'rules');
const tests = join(rootDir, 'observability', 'prometheus', 'tests');

/** Cells of each unit and kind; the values of the last are small and often 0. */
const operands = [cell('orders'), cell('case_answer_ms'), cell('customers'), opening('customers'), cell('mentions')];
const { formula } = fc.letrec<{ formula: Expression }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4 },
    { weight: 2, arbitrary: fc.constantFrom(...operands) },
    { weight: 1, arbitrary: fc.constantFrom(number(100), number(0.25), number(3)) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(add, subtract, multiply, divide), tie('formula'), tie('formula'))
        .map(([operate, left, right]) => operate(left, right)),
    },
  ),
}));
/** A cell at the left end, since a rule must read one. */
const readingFormula = fc
  .tuple(fc.constantFrom(add, subtract, multiply, divide), fc.constantFrom(...operands), formula)
  .map(([operate, left, right]) => operate(left, right));
const counts = fc.tuple(fc.nat(1_000), fc.nat(10_000_000), fc.nat(500), fc.nat(500), fc.constantFrom(0, 0, 1, 7));

interface Case {
  readonly formula: Expression;
  readonly held: readonly number[];
}

function valueOf({ formula: of, held: [orders, ms, customers, before, mentions] }: Case): number | null {
  const cells: Readonly<Record<string, number>> = { orders, case_answer_ms: ms, customers, mentions };
  return evaluate(of, { cell: (name) => cells[name] ?? 0, opening: () => before });
}

/** One promtool test for each: the value up to a millionth of a millionth of it, or no sample. */
function promtoolTest(each: Case): object {
  const value = valueOf(each);
  const series = operands.flatMap((operand, i) => {
    if (operand.op !== 'cell' && operand.op !== 'opening') return [];
    const { name, unitsPerOne } = cellMetric(operand.op, operand.cell);
    const labels = '{tenant="t",period="month",which="current"}';
    return [{ series: name + labels, values: `${(each.held[i] ?? 0) / unitsPerOne}x1` }];
  });
  const written = toPromql(each.formula, ['month']);
  const margin = Math.max(1e-9, Math.abs(value ?? 0) * 1e-9);
  const expr =
    value === null ? `count(${written})` : `count(abs(${written} - (${String(value)})) <= ${margin.toFixed(12)})`;
  return {
    interval: '1m',
    input_series: series,
    promql_expr_test: [{ expr, eval_time: '0m', exp_samples: value === null ? [] : [{ labels: '{}', value: 1 }] }],
  };
}

/** A formula whose numbers alone divide by 0, which is no rule. */
function isRule({ formula: of }: Case): boolean {
  try {
    toPromql(of, ['month']);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

describe('the rules of KPIs, read by promtool', () => {
  it('are well-formed', async () => {
    const { code, output } = await runProgram(promtool, ['check', 'rules', join(rules, 'kpis.yml'), join(rules, 'kpi-alerts.yml')]); // prettier-ignore
    expect(code, output).toBe(0);
  }, 120_000);

  it.each(['kpis', 'measured-kpis', 'kpi-alerts'])('pass the cases of tests/%s.yml', async (name) => {
    const { code, output } = await runProgram(promtool, ['test', 'rules', join(tests, `${name}.yml`)]);
    expect(code, output.slice(0, 2_000)).toBe(0);
  }, 120_000); // prettier-ignore

  it('have the value that the formula has, whatever the formula and the cells', async () => {
    const cases = fc.sample(fc.record({ formula: readingFormula, held: counts }), { numRuns: 200 }).filter(isRule);
    expect(cases.some((each) => valueOf(each) === null)).toBe(true);
    const file = join(folder, 'formulas.yml');
    await writeFile(file, stringify({ evaluation_interval: '1m', tests: cases.map(promtoolTest) }, { lineWidth: 0 }));
    const { code, output } = await runProgram(promtool, ['test', 'rules', file]);
    expect(code, output.slice(0, 2_000)).toBe(0);
  }, 120_000);
});
