import { describe, expect, it } from 'vitest';
import { type CellName, cells } from '../../../../services/core/kpis/cells.ts';
import type { CellReader } from '../../../../services/core/kpis/expression.ts';
import type { KpiDefinition } from '../../../../services/core/kpis/kpi-definition.ts';
import { kpiRegistry } from '../../../../services/core/kpis/kpi-registry.ts';
import { compareKpis, type ComparedPeriod } from '../../../../services/core/kpis/recompute/compare-kpis.ts';
import { logsOfCell } from '../../../../services/core/kpis/recompute/logs-of-cell.ts';

type Held = Partial<Record<CellName, number>>;

function reader(held: Held, opening: Held = {}): CellReader {
  return { cell: (name) => held[name] ?? 0, opening: (name) => opening[name] ?? 0 };
}

function tallied(slices: Readonly<Record<string, Held>>) {
  const made = Object.entries(slices).map(
    ([slice, held]) => [slice, new Map(Object.entries(held) as [CellName, number][])] as const,
  );
  return new Map(made);
}

const definition = (wanted: string): KpiDefinition => kpiRegistry.find(({ key }) => key === wanted)!;

function compare(parts: Partial<ComparedPeriod> & { readonly key: string }) {
  return compareKpis({
    definitions: [definition(parts.key)],
    by: null,
    streamed: new Map(),
    recomputed: { cells: new Map(), opening: new Map() },
    cutLogs: new Set(),
    ...parts,
  });
}

describe('KPIs as counted beside those of the logs', () => {
  it('are equal where every cell is, and name the cells that differ where the quotient is the same', () => {
    const recomputed = { cells: tallied({ '': { csat_satisfied: 1, csat_answers: 2 } }), opening: new Map() };
    const streamed = (held: Held) => new Map([['', reader(held)]]);
    expect(compare({ key: 'csat_share', recomputed, streamed: streamed({ csat_satisfied: 1, csat_answers: 2 }) })).toMatchObject(
      [{ verdict: 'equal', streamed: 0.5, recomputed: 0.5, cells: [] }],
    );
    expect(compare({ key: 'csat_share', recomputed, streamed: streamed({ csat_satisfied: 2, csat_answers: 4 }) })).toMatchObject([
      {
        verdict: 'differs',
        streamed: 0.5,
        recomputed: 0.5,
        cells: [
          { cell: 'csat_satisfied', at: 'period', streamed: 2, recomputed: 1 },
          { cell: 'csat_answers', at: 'period', streamed: 4, recomputed: 2 },
        ],
      },
    ]);
  }); // prettier-ignore

  it('are equal where neither has a value, and differ where only one has', () => {
    expect(compare({ key: 'csat_share' })).toMatchObject([{ verdict: 'equal', streamed: null, recomputed: null }]);
    const recomputed = { cells: tallied({ '': { csat_answers: 1 } }), opening: new Map() };
    expect(compare({ key: 'csat_share', recomputed })).toMatchObject([
      { verdict: 'differs', streamed: null, recomputed: 0 },
    ]);
  });

  it('hold what a stock was at the beginning against each other, and of events nothing before the period', () => {
    const streamed = new Map([['', reader({ lapsed_entries: 1 }, { customers: 4, lapsed_entries: 9 })]]);
    const recomputed = { cells: tallied({ '': { lapsed_entries: 1 } }), opening: tallied({ '': { customers: 5 } }) };
    expect(compare({ key: 'churn', streamed, recomputed })).toMatchObject([
      { verdict: 'differs', cells: [{ cell: 'customers', at: 'beginning', streamed: 4, recomputed: 5 }] },
    ]);
  });

  it('are compared for every slice that either has', () => {
    const streamed = new Map([['channel=web', reader({ csat_answers: 1 })]]);
    const recomputed = {
      cells: tallied({ '': { csat_answers: 2 }, 'channel=app': { csat_answers: 1 }, 'tier=x': { csat_answers: 2 } }),
      opening: new Map(),
    };
    const found = compare({ key: 'csat_share', by: 'channel', streamed, recomputed });
    expect(found.map(({ slice, verdict }) => [slice?.value, verdict])).toEqual([
      ['app', 'differs'],
      ['web', 'differs'],
    ]);
  });

  it('cannot be recomputed where a log that they need does not reach back, and are no difference then', () => {
    const streamed = new Map([['', reader({ lapsed_entries: 1, csat_answers: 3 }, { customers: 4 })]]);
    const cutLogs = new Set(['scores'] as const);
    expect(compare({ key: 'churn', streamed, cutLogs })).toMatchObject([
      { verdict: 'not-recomputable', streamed: 0.25, recomputed: null, cutLogs: ['scores'] },
    ]);
    expect(compare({ key: 'csat_share', streamed, cutLogs })).toMatchObject([{ verdict: 'differs', cutLogs: [] }]);
  });

  it('by tier or stage need the scores, but for tasks, which keep the segment they were opened in', () => {
    const names = Object.keys(cells) as CellName[];
    for (const name of names) expect(logsOfCell(name, null).length, name).toBeGreaterThan(0);
    expect(logsOfCell('csat_answers', 'tier')).toEqual(['events', 'scores']);
    expect(logsOfCell('tasks_due', 'tier')).toEqual(['tasks']);
    expect(names.filter((name) => logsOfCell(name, null).includes('commands'))).toEqual([
      'active_staff',
      'functions_used',
    ]);
  });
});
