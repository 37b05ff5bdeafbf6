import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KpiFact } from '../../../services/core/kpis/kpi-fact.ts';
import { type Period, type PeriodKind, periodKinds, periodName, periodOf } from '../../../services/core/kpis/period.ts';
import { recomputeCells } from '../../../services/core/kpis/recompute/recompute-cells.ts';
import { streamCells, tellRecomputed, tellStreamed } from '../../support/compare-cells.ts';
import { utcRules } from '../../support/kpi-facts.ts';
import { somePast } from '../../support/kpi-past.ts';
import { runs } from '../../support/property-runs.ts';

interface DrawnPeriod {
  readonly kind: PeriodKind;
  readonly which: number;
  readonly daysLater: number;
}

/** Periods in which something happened, and some after it, for which the past still counts. */
const somePeriod: fc.Arbitrary<DrawnPeriod> = fc.record({
  kind: fc.constantFrom(...periodKinds),
  which: fc.nat(100),
  daysLater: fc.constantFrom(0, 0, 0, 40, 100, 200, 380),
});

function toPeriod({ kind, which, daysLater }: DrawnPeriod, facts: readonly KpiFact[]): Period {
  return periodOf(kind, utcRules.dayOf(facts[which % facts.length].at) + daysLater);
}

describe('the cells of a period', () => {
  it('are what a recomputation from the whole past says, whatever came late, twice or was taken back', () => {
    fc.assert(
      fc.property(somePast, fc.array(somePeriod, { minLength: 1, maxLength: 6 }), ({ facts, history }, drawn) => {
        fc.pre(facts.length > 0);
        const store = streamCells(facts, utcRules);
        for (const period of drawn.map((each) => toPeriod(each, facts))) {
          const batch = tellRecomputed(recomputeCells(history, period, utcRules), period);
          expect({ period: periodName(period), ...tellStreamed(store, period) }).toEqual({
            period: periodName(period),
            ...batch,
          });
        }
      }),
      { numRuns: runs(60) },
    );
  });
});
