import { describe, expect, it } from 'vitest';
import { compileKpiPlan } from '../../../../services/core/kpis/compile-kpi-plan.ts';
import { makeScorecard } from '../../../../services/core/kpis/scorecard/make-scorecard.ts';
import { plannedEntries } from '../../../../services/core/kpis/scorecard/planned-entries.ts';
import { targetTree } from '../../../../services/core/kpis/scorecard/target-tree.ts';
import { readKpis } from '../../../../services/platform/runtime/read-kpis.ts';

describe('the entries of a plan', () => {
  it('stand in the target tree under every department that answers for them, with an equal part of the weight', async () => {
    const { version, document } = await readKpis(null);
    const plan = compileKpiPlan(version, document, { tenant: 'demo', minorPerMajor: 100 });
    const company = makeScorecard({
      tenant: 'demo',
      currency: 'GBP',
      period: { kind: 'month', index: 681 },
      slice: null,
      entries: plannedEntries(plan, 'month'),
      cells: { current: null, previous: null, yearBefore: null },
    });
    const tree = targetTree(company, []);
    const holders = tree.children.filter(({ lines }) => lines.some(({ key }) => key === 'csat_share'));
    expect(holders.map(({ name }) => name)).toEqual(['marketing', 'sales', 'service']);
    for (const { lines } of holders) {
      expect(lines.find(({ key }) => key === 'csat_share')?.weight).toBeCloseTo(10 / 3, 12);
    }
    const parts = tree.children.flatMap(({ lines }) => lines.map(({ weight }) => weight));
    expect(parts.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(tree.composite.weight, 9);
  });
});
