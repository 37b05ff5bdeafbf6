import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { kpiExamples } from '../../../../scripts/docs/kpis/kpi-examples.ts';
import { currentVersions, readKpiVersions } from '../../../../scripts/docs/kpis/render-kpi-versions.ts';
import { allKpis } from '../../../../services/core/kpis/all-kpis.ts';
import { type CellName, cells } from '../../../../services/core/kpis/cells.ts';
import { cellsOf, evaluate } from '../../../../services/core/kpis/expression.ts';
import { kpiRegistry } from '../../../../services/core/kpis/kpi-registry.ts';
import { measuredKpis } from '../../../../services/core/kpis/measured-kpis.ts';
import { isMonthly } from '../../../../services/core/kpis/period.ts';
import { rootDir } from '../../../support/root-dir.ts';

const holding = (held: Readonly<Partial<Record<CellName, number>>>, opening: typeof held = {}) => ({
  cell: (name: CellName) => held[name] ?? 0,
  opening: (name: CellName) => opening[name] ?? 0,
});

describe('the registry of KPIs', () => {
  it('has every number of the handbooks, and every key once', () => {
    const numbers = new Set([...allKpis.values()].map(({ handbook }) => handbook));
    expect([...numbers].toSorted()).toEqual(Array.from({ length: 26 }, (_, i) => `N${i + 1}`).toSorted());
    expect(allKpis.size).toBe(kpiRegistry.length + measuredKpis.length);
    for (const key of allKpis.keys()) expect(key).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
  });

  it('uses every cell but those of the flows between stages', () => {
    const used = new Set<string>(kpiRegistry.flatMap(({ formula }) => cellsOf(formula)));
    for (const name of ['stage_entries', 'stage_exits']) used.add(name);
    expect(Object.keys(cells).filter((name) => !used.has(name))).toEqual([]);
  });

  it.each([...allKpis.values()])('tells $key in both languages', ({ name, definition, cohort, caveats }) => {
    for (const { en, zhCN } of [name, definition, ...caveats, ...(cohort === null ? [] : [cohort])]) {
      expect(en).toMatch(/^[A-Z0-9`].*[a-z0-9.)]$/);
      expect(zhCN).toMatch(/\p{Script=Han}/u);
    }
  });

  it.each(kpiRegistry)(
    'asks for $key only by periods that its cells are counted by',
    ({ formula, periods, period }) => {
      expect(periods).toContain(period);
      const isByDay = cellsOf(formula).every((name) => cells[name].kind === 'event');
      if (!isByDay) expect(periods.filter((kind) => !isMonthly(kind))).toEqual([]);
    },
  );

  it.each(kpiRegistry)('computes the example of $key', ({ key, formula }) => {
    const { cells: held, opening, value, ofNothing } = kpiExamples[key];
    expect(evaluate(formula, holding(held, opening))).toBeCloseTo(value, 9);
    expect(evaluate(formula, holding({}))).toBe(ofNothing);
  });

  it('makes 1 of what has one window and one cohort', () => {
    const pairs = kpiRegistry.filter(({ complement }) => complement !== undefined);
    expect(pairs.map(({ key }) => key)).toEqual(['retention', 'churn_of_buyers']);
    const [kept, lost] = pairs.map(
      ({ formula }) => evaluate(formula, holding({ retained: 31, retention_base: 47 })) ?? NaN,
    );
    expect(kept + lost).toBeCloseTo(1, 12);
    expect(pairs.map(({ complement }) => complement)).toEqual(['churn_of_buyers', 'retention']);
  });

  it('changes no formula without a new version', async () => {
    const known = readKpiVersions(await readFile(`${rootDir}/kpis/versions.yaml`, 'utf8'));
    for (const [key, byVersion] of Object.entries(currentVersions())) {
      expect(known[key], `raise the version of ${key}, then run npm run docs:generate`).toMatchObject(byVersion);
    }
  });
});
