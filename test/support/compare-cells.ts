import { applyKpiFact } from '../../services/core/kpis/apply-kpi-fact.ts';
import { type CellName, cells, isSlicedByDay } from '../../services/core/kpis/cells.ts';
import { type CustomerLedger, emptyLedger } from '../../services/core/kpis/customer-ledger.ts';
import type { KpiFact } from '../../services/core/kpis/kpi-fact.ts';
import type { KpiRules } from '../../services/core/kpis/kpi-rules.ts';
import { decodeLedger, encodeLedger } from '../../services/core/kpis/ledger-format.ts';
import { isMonthly, monthlyPeriod, type Period, periodName } from '../../services/core/kpis/period.ts';
import { bucketsOf, sumCells } from '../../services/core/kpis/read-cells.ts';
import type { RecomputedCells } from '../../services/core/kpis/recompute/recompute-cells.ts';

type Cells = ReadonlyMap<CellName, number>;
/** By period and slice, as the store keeps them. */
export type CellStore = Map<string, Map<string, Map<CellName, number>>>;

/** Counts facts as they come, with a store in memory. */
export function streamCells(facts: readonly KpiFact[], rules: KpiRules): CellStore {
  const ledgers = new Map<string, CustomerLedger>();
  const store: CellStore = new Map();
  for (const fact of facts) {
    const ledger = decodeLedger(encodeLedger(ledgers.get(fact.surrogate) ?? emptyLedger()));
    const applied = applyKpiFact(ledger, fact, rules);
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
export function tellStreamed(store: CellStore, period: Period): Record<string, number> {
  const months = Array.from({ length: 1200 }, (_, month) => month).filter((month) =>
    store.has(periodName(monthlyPeriod('month', month))),
  );
  const buckets = bucketsOf(period, months);
  const contents = buckets.map((bucket) => store.get(periodName(bucket)) ?? new Map<string, Cells>());
  const slices = new Set(['', ...contents.flatMap((held) => [...held.keys()])]);
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
      if (slice !== '' && !isMonthly(period.kind) && !isSlicedByDay(name)) continue;
      note(said, `${slice} ${name}`, reader.cell(name));
      if (kind === 'stock') note(said, `${slice} ${name} before`, reader.opening(name));
    }
  }
  return said;
}

/** What the recomputation says, in the same words. */
export function tellRecomputed({ cells: held, opening }: RecomputedCells, period: Period): Record<string, number> {
  const said: Record<string, number> = {};
  for (const [ending, tallied] of [
    ['', held],
    [' before', opening],
  ] as const) {
    for (const [slice, sums] of tallied) {
      for (const [name, sum] of sums) {
        if (slice !== '' && !isMonthly(period.kind) && !isSlicedByDay(name)) continue;
        note(said, `${slice} ${name}${ending}`, sum);
      }
    }
  }
  return said;
}

function note(said: Record<string, number>, key: string, value: number): void {
  if (value !== 0) said[key] = value;
}
