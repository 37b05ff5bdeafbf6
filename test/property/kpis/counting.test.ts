import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyKpiFact } from '../../../services/core/kpis/apply-kpi-fact.ts';
import type { CellChange } from '../../../services/core/kpis/cell-change.ts';
import { CellChanges } from '../../../services/core/kpis/counting/cell-changes.ts';
import { countCustomer } from '../../../services/core/kpis/counting/customer-cells.ts';
import { derivedCells } from '../../../services/core/kpis/counting/derived-cells.ts';
import { countStocks } from '../../../services/core/kpis/counting/stock-cells.ts';
import { cells } from '../../../services/core/kpis/cells.ts';
import { emptyLedger, type CustomerLedger } from '../../../services/core/kpis/customer-ledger.ts';
import { factAttributes } from '../../../services/core/kpis/fact-attributes.ts';
import type { KpiFact } from '../../../services/core/kpis/kpi-fact.ts';
import { decodeLedger, encodeLedger } from '../../../services/core/kpis/ledger-format.ts';
import { monthlyKinds, monthlyPeriod, monthOf, periodName } from '../../../services/core/kpis/period.ts';
import { aKpiFact, aTaskStanding } from '../../support/a-kpi-fact.ts';
import { manyVersions, someHistory, someVersions, utcRules } from '../../support/kpi-facts.ts';
import { runs } from '../../support/property-runs.ts';

type Sums = ReadonlyMap<string, number>;

function countAll(facts: readonly KpiFact[]): { readonly sums: Sums; readonly ledger: CustomerLedger } {
  let ledger = emptyLedger();
  const changes: CellChange[] = [];
  for (const fact of facts) {
    ledger = decodeLedger(encodeLedger(ledger));
    changes.push(...applyKpiFact(ledger, fact, utcRules).changes);
  }
  return { sums: sumOf(changes), ledger };
}

function sumOf(changes: readonly CellChange[]): Sums {
  const sums = new Map<string, number>();
  for (const { period, cell, slice, by } of changes) {
    const key = `${periodName(period)} ${cell} ${slice === null ? '' : `${slice.dimension}=${slice.value}`}`;
    sums.set(key, (sums.get(key) ?? 0) + by);
  }
  return new Map([...sums].filter(([, sum]) => sum !== 0).sort());
}

/** What a ledger says of every period, told at once. */
function tellWhole(ledger: CustomerLedger): Sums {
  const changes = new CellChanges();
  const isOnline = (channel: string | null): boolean => channel !== null && utcRules.onlineChannels.has(channel);
  const first = monthOf(Date.UTC(2023, 0, 1) / 86_400_000);
  for (const kind of monthlyKinds) {
    const last = monthlyPeriod(kind, first + 72).index;
    for (let { index } = monthlyPeriod(kind, first); index < last; index++) {
      countCustomer(ledger, { kind, index }, { changes, sign: 1, isOnline });
    }
  }
  countStocks(ledger, -Infinity, { changes, sign: 1 });
  for (const cell of derivedCells(ledger, utcRules)) changes.addDated(cell, 1);
  return sumOf(changes.list());
}

/** Cells that follow from a single fact are not in the ledger. */
function inLedger(sums: Sums, told: Sums): Sums {
  const derived = new Set([...told.keys()].map((key) => key.split(' ')[1]));
  return new Map(
    [...sums].filter(([key]) => {
      const name = key.split(' ')[1] as keyof typeof cells;
      return derived.has(name) || cells[name].kind !== 'event';
    }),
  );
}

describe('counting the facts of one customer', () => {
  it('adds up, change by change, to what its ledger says as a whole', () => {
    fc.assert(
      fc.property(someHistory, (facts) => {
        const { sums, ledger } = countAll(facts);
        const told = tellWhole(ledger);
        expect(inLedger(sums, told)).toEqual(told);
      }),
      { numRuns: runs(100) },
    );
  });

  it('changes nothing by a copy, at the same place or at a later one', () => {
    fc.assert(
      fc.property(someHistory, fc.nat(), (facts, from) => {
        const again = facts.slice(from % (facts.length + 1));
        const { sums } = countAll(facts);
        expect(countAll([...facts, ...again]).sums).toEqual(sums);
        const isTakenBack = new Set(facts.filter(({ sign }) => sign < 0).map(({ factId }) => factId));
        const later = again
          .filter(({ factId }) => !isTakenBack.has(factId))
          .map((fact, i) => ({ ...fact, sequence: facts.length + i }));
        expect(countAll([...facts, ...later]).sums).toEqual(sums);
      }),
      { numRuns: runs(100) },
    );
  });

  it('takes back all that an event added, but that its customer was seen and active', () => {
    const stays = new Set(['active_customers', 'active_days', 'potential_entries', 'potential_customers', 'survey_asked',
      'survey_entitled', 'leads', 'leads_won', 'campaign_reached']); // prettier-ignore
    fc.assert(
      fc.property(someHistory, (history) => {
        const facts = history.filter(({ sign }) => sign > 0).map((fact) => ({ ...fact, standing: null }));
        const back = facts.map((fact, i) => ({ ...fact, sign: -1, sequence: facts.length + 1000 + i }));
        const left = [...countAll([...facts, ...back]).sums.keys()].filter((key) => !stays.has(key.split(' ')[1]));
        expect(left).toEqual([]);
      }),
      { numRuns: runs(100) },
    );
  });

  it('ends alike whatever the order in which events without a standing come', () => {
    fc.assert(
      fc.property(someHistory, fc.infiniteStream(fc.nat()), (history, order) => {
        const facts = history.filter(({ sign }) => sign > 0).map((fact) => ({ ...fact, standing: null }));
        const shuffled = facts
          .map((fact) => ({ fact, at: order.next().value ?? 0 }))
          .sort((one, other) => one.at - other.at)
          .map(({ fact }, i) => ({ ...fact, sequence: i }));
        expect(countAll(shuffled).sums).toEqual(countAll(facts).sums);
      }),
      { numRuns: runs(100) },
    );
  });

  it('counts a task, a case and a row of spend as their highest version stands, whatever came before it', () => {
    fc.assert(
      fc.property(someVersions, (versions) => {
        const latest = new Map<string, KpiFact>();
        for (const fact of versions) {
          const found = latest.get(fact.factId);
          if (found === undefined || fact.sequence > found.sequence) latest.set(fact.factId, fact);
        }
        expect(countAll(versions).sums).toEqual(countAll([...latest.values()]).sums);
      }),
      { numRuns: runs(100) },
    );
  });

  it.each([
    ['kept', 1],
    ['purchased', 1],
    ['lost', undefined],
    ['unreachable', undefined],
    ['declined', undefined],
    ['done', undefined],
  ])('counts a task that ended with "%s" as a success or not', (outcome, saved) => {
    const fact = aKpiFact({ kind: 'task', standing: null, task: { ...aTaskStanding, outcome } });
    const { sums } = countAll([fact]);
    expect([...sums].find(([key]) => key.endsWith(' tasks_saved '))?.[1]).toBe(saved);
  });

  it('counts each of very many tasks and cases once, as its newest version that was not too late stands', () => {
    fc.assert(
      fc.property(manyVersions, (versions) => {
        let ledger = emptyLedger();
        const changes: CellChange[] = [];
        const latest = new Map<string, KpiFact>();
        const closed = new Set<string>();
        for (const fact of versions) {
          ledger = decodeLedger(encodeLedger(ledger));
          const applied = applyKpiFact(ledger, fact, utcRules);
          changes.push(...applied.changes);
          if (applied.result === 'counted') latest.set(fact.factId, fact);
          if (applied.result === 'too-late') closed.add(fact.factId);
          else expect(closed.has(fact.factId)).toBe(false);
        }
        const each = [...latest.values()].flatMap((fact) => applyKpiFact(emptyLedger(), fact, utcRules).changes);
        expect(sumOf(changes)).toEqual(sumOf(each));
        expect(latest.size).toBe(new Set(versions.map(({ factId }) => factId)).size);
        expect(Math.max(ledger.tasks.length, ledger.cases.length)).toBeLessThanOrEqual(32);
      }),
      { numRuns: runs(8) },
    );
  });

  it('reads no attribute that facts do not keep', () => {
    fc.assert(
      fc.property(someHistory, (facts) => {
        const thin = facts.map((fact) => ({
          ...fact,
          attributes: factAttributes(fact.type, fact.attributes),
        }));
        expect(countAll(thin).sums).toEqual(countAll(facts).sums);
      }),
      { numRuns: runs(100) },
    );
  });
});
