import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyKpiFact } from '../../../services/core/kpis/apply-kpi-fact.ts';
import type { CellName } from '../../../services/core/kpis/cells.ts';
import { cells } from '../../../services/core/kpis/cells.ts';
import { type CustomerLedger, emptyLedger } from '../../../services/core/kpis/customer-ledger.ts';
import type { KpiFact } from '../../../services/core/kpis/kpi-fact.ts';
import { decodeLedger, encodeLedger } from '../../../services/core/kpis/ledger-format.ts';
import {
  isMonthly,
  monthlyPeriod,
  type Period,
  type PeriodKind,
  periodKinds,
  periodName,
  periodOf,
} from '../../../services/core/kpis/period.ts';
import { bucketsOf, sumCells } from '../../../services/core/kpis/read-cells.ts';
import { recomputeCells } from '../../../services/core/kpis/recompute/recompute-cells.ts';
import { utcRules } from '../../support/kpi-facts.ts';
import { somePast } from '../../support/kpi-past.ts';
import { runs } from '../../support/property-runs.ts';

type Cells = ReadonlyMap<CellName, number>;
/** By period and slice, as the store keeps them. */
type Store = Map<string, Map<string, Map<CellName, number>>>;

function stream(facts: readonly KpiFact[]): Store {
  const ledgers = new Map<string, CustomerLedger>();
  const store: Store = new Map();
  for (const fact of facts) {
    const ledger = decodeLedger(encodeLedger(ledgers.get(fact.surrogate) ?? emptyLedger()));
    const applied = applyKpiFact(ledger, fact, utcRules);
    ledgers.set(fact.surrogate, applied.ledger);
    for (const { period, slice, cell, by } of applied.changes) {
      const slices = store.get(periodName(period)) ?? new Map<string, Map<CellName, number>>();
      store.set(periodName(period), slices);
      const key = slice === null ? '' : `${slice.dimension}=${slice.value}`;
      const held = slices.get(key) ?? new Map<CellName, number>();
      slices.set(key, held.set(cell, (held.get(cell) ?? 0) + by));
    }
  }
  return store;
}

/** What the stream says of a period: `<slice> <cell>` and, of stocks when it began, `<slice> <cell> before`. */
function told(store: Store, period: Period, months: readonly number[]): Record<string, number> {
  const buckets = bucketsOf(period, months);
  const contents = buckets.map((bucket) => store.get(periodName(bucket)) ?? new Map<string, Cells>());
  const slices = isMonthly(period.kind) ? new Set(contents.flatMap((held) => [...held.keys()])) : new Set(['']);
  const said: Record<string, number> = {};
  for (const slice of slices) {
    const reader = sumCells(
      period,
      buckets,
      contents.map((held) => held.get(slice) ?? new Map<CellName, number>()),
    );
    for (const name of Object.keys(cells) as CellName[]) {
      const { kind } = cells[name];
      if (kind !== 'event' && !isMonthly(period.kind)) continue;
      note(said, `${slice} ${name}`, reader.cell(name));
      if (kind === 'stock') note(said, `${slice} ${name} before`, reader.opening(name));
    }
  }
  return said;
}

function recomputed(
  { cells: held, opening }: ReturnType<typeof recomputeCells>,
  period: Period,
): Record<string, number> {
  const said: Record<string, number> = {};
  for (const [ending, tallied] of [
    ['', held],
    [' before', opening],
  ] as const) {
    for (const [slice, sums] of tallied) {
      if (slice !== '' && !isMonthly(period.kind)) continue;
      for (const [name, sum] of sums) note(said, `${slice} ${name}${ending}`, sum);
    }
  }
  return said;
}

function note(said: Record<string, number>, key: string, value: number): void {
  if (value !== 0) said[key] = value;
}

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
        const store = stream(facts);
        const months = Array.from({ length: 1200 }, (_, month) => month).filter((month) =>
          store.has(periodName(monthlyPeriod('month', month))),
        );
        for (const period of drawn.map((each) => toPeriod(each, facts))) {
          const batch = recomputed(recomputeCells(history, period, utcRules), period);
          expect({ period: periodName(period), ...told(store, period, months) }).toEqual({
            period: periodName(period),
            ...batch,
          });
        }
      }),
      { numRuns: runs(60) },
    );
  });
});
