import fc from 'fast-check';
import type { KpiFact, Standing } from '../../services/core/kpis/kpi-fact.ts';
import type { KpiHistory, PastCustomer } from '../../services/core/kpis/recompute/kpi-history.ts';
import { aKpiFact } from './a-kpi-fact.ts';
import { someHistory, someStanding, someVersions, utcRules } from './kpi-facts.ts';

/** Facts as they come in, and the past that they tell of. */
export interface ToldPast {
  readonly facts: readonly KpiFact[];
  readonly history: KpiHistory;
}

const surrogates = ['a1', 'b2', 'c3'].map((word) => word.repeat(16));

/** Where something is done to a customer's facts: the place, and what. */
interface Mishap {
  readonly at: number;
  readonly what: 'take-back' | 'again' | 'again-later' | 'standing';
  readonly which: number;
  readonly standing: Omit<Standing, 'asOf'>;
}

const someMishap: fc.Arbitrary<Mishap> = fc.record({
  at: fc.nat(40),
  what: fc.constantFrom('take-back' as const, 'again' as const, 'again-later' as const, 'standing' as const),
  which: fc.nat(40),
  standing: someStanding,
});

interface CustomerLog {
  readonly facts: readonly KpiFact[];
  readonly past: Omit<PastCustomer, 'surrogate' | 'tasks' | 'cases'>;
}

/**
 * A customer's facts in the order of the log: some come late, some are taken back, some are told again, at their old place
 * or at a new one. What was taken back is not told again at a new place: the scorer's own ring sees to that.
 */
const someLog: fc.Arbitrary<CustomerLog> = fc
  .tuple(someHistory, fc.array(someMishap, { maxLength: 12 }))
  .map(([drawn, mishaps]) => {
    const origin = drawn.filter(({ sign }) => sign > 0);
    const facts: KpiFact[] = [];
    const takenBack = new Set<string>();
    let asOf = 0;
    const tell = (fact: KpiFact, standing: Omit<Standing, 'asOf'> | null): void => {
      asOf = Math.max(asOf, utcRules.dayOf(fact.at) + 1);
      facts.push({ ...fact, sequence: facts.length, standing: standing === null ? null : { ...standing, asOf } });
    };
    for (const [i, fact] of origin.entries()) {
      tell(fact, fact.standing);
      for (const mishap of mishaps.filter(({ at }) => at === i)) befall(mishap, { facts, takenBack, tell });
    }
    return { facts, past: pastOf(facts, takenBack) };
  });

function befall(
  { what, which, standing }: Mishap,
  log: {
    readonly facts: KpiFact[];
    readonly takenBack: Set<string>;
    readonly tell: (fact: KpiFact, standing: Omit<Standing, 'asOf'> | null) => void;
  },
): void {
  const { facts, takenBack, tell } = log;
  const fact = facts[which % facts.length];
  if (what === 'standing') tell({ ...aKpiFact({ kind: 'standing' }), at: facts[facts.length - 1].at }, standing);
  if (what === 'again') facts.push(fact);
  if (fact.kind !== 'event' || takenBack.has(fact.factId)) return;
  if (what === 'again-later') facts.push({ ...fact, sequence: facts.length });
  if (what === 'take-back') {
    takenBack.add(fact.factId);
    tell({ ...fact, sign: -1 }, standing);
  }
}

/** The log as it is read whole: each event once, with the standings of what was scored. */
function pastOf(facts: readonly KpiFact[], takenBack: ReadonlySet<string>): CustomerLog['past'] {
  const told = new Set<string>();
  const news = facts.filter(({ kind, factId, sign, sequence }) => {
    const key = kind === 'event' ? `${factId} ${sign}` : `standing ${sequence}`;
    return !told.has(key) && told.add(key);
  });
  return {
    events: news
      .filter(({ kind, sign }) => kind === 'event' && sign > 0)
      .map((fact) => ({ ...fact, order: fact.sequence, isTakenBack: takenBack.has(fact.factId) })),
    standings: news.flatMap(({ standing, sequence: order }) => (standing === null ? [] : [{ order, ...standing }])),
  };
}

/** Customers with events, tasks and cases, and the facts of all of them in one log. */
export const somePast: fc.Arbitrary<ToldPast> = fc
  .array(fc.tuple(someLog, someVersions), { minLength: 1, maxLength: surrogates.length })
  .map((drawn) => {
    const facts: KpiFact[] = [];
    const customers = drawn.map(([{ facts: own, past }, versions], i): PastCustomer => {
      const surrogate = surrogates[i];
      facts.push(...[...own, ...versions].map((fact) => ({ ...fact, surrogate })));
      const newest = newestOf(versions);
      return {
        surrogate,
        ...past,
        tasks: newest.flatMap(({ task }) => (task === null ? [] : [task])),
        cases: newest.flatMap(({ serviceCase }) => (serviceCase === null ? [] : [serviceCase])),
      };
    });
    return { facts, history: { customers, uses: [], figures: [] } };
  });

function newestOf(versions: readonly KpiFact[]): readonly KpiFact[] {
  const newest = new Map<string, KpiFact>();
  for (const fact of versions) {
    if (fact.sequence > (newest.get(fact.factId)?.sequence ?? 0)) newest.set(fact.factId, fact);
  }
  return [...newest.values()];
}
