import fc from 'fast-check';
import type { KpiFact, Standing } from '../../services/core/kpis/kpi-fact.ts';
import { usualKpiRules, type KpiRules } from '../../services/core/kpis/kpi-rules.ts';
import { aCaseStanding, aKpiFact, aTaskStanding } from './a-kpi-fact.ts';

const dayMs = 86_400_000;
const firstDay = Date.UTC(2024, 0, 1) / dayMs;

/** Days are those of UTC. */
export const utcRules: KpiRules = { ...usualKpiRules, dayOf: (ms) => Math.floor(ms / dayMs) };

const types = [
  'order.placed', 'order.placed', 'order.placed', 'order.cancelled', 'order.returned', 'order.fulfilled', 'page.viewed',
  'survey.sent', 'survey.answered', 'offer.shown', 'offer.accepted', 'contact.sent', 'visit.made', 'social.mentioned',
  'campaign.joined', 'lead.captured', 'opportunity.moved', 'contract.signed', 'contract.ended', 'case.followed_up',
  'service.upgraded',
] as const; // prettier-ignore

const attributes = fc
  .record({
    orderId: fc.constantFrom('o1', 'o2', 'o3'),
    campaignId: fc.constantFrom(null, 'spring', 'Autumn'),
    offerKind: fc.constantFrom('cross-sell', 'discount'),
    surveyKind: fc.constantFrom('csat', 'nps', 'ces'),
    surveyScore: fc.integer({ min: 0, max: 10 }),
    'dimensions.trust': fc.constantFrom(null, 1, 3, 5),
    staff: fc.constantFrom(null, 'mei', 'Jo'),
    direction: fc.constantFrom(null, null, 'up', 'Down', '降级'),
    level: fc.constantFrom(null, 1, 2, 3),
    previousLevel: fc.constantFrom(null, 2),
  })
  .map((made) =>
    Object.entries(made)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => ({ name, value }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  );

export const someStanding: fc.Arbitrary<Omit<Standing, 'asOf'>> = fc.record({
  stage: fc.constantFrom(null, 'lifecycle5.new', 'lifecycle5.active', 'lifecycle5.lapsed'),
  tier: fc.constantFrom(null, 'retail5.core', 'retail5.ordinary'),
  level: fc.constantFrom('none', 'high'),
  clvMinor: fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: null }),
});

/** An event of one customer; the caller sees to `sequence` and standing. */
const someEvent: fc.Arbitrary<KpiFact> = fc
  .record({
    id: fc.integer({ min: 0, max: 1e9 }),
    type: fc.constantFrom(...types),
    day: fc.integer({ min: 0, max: 900 }),
    channel: fc.constantFrom(null, 'web', 'pos', 'social', 'call'),
    region: fc.constantFrom(null, 'north', 'south'),
    store: fc.constantFrom(null, 's1'),
    amountMinor: fc.option(fc.integer({ min: -500, max: 90_000 }), { nil: null }),
    attributes,
  })
  .map(({ id, day, ...parts }) =>
    aKpiFact({
      ...parts,
      factId: id.toString(16).padStart(32, 'a'),
      at: (firstDay + day) * dayMs + (id % dayMs),
      standing: null,
    }),
  );

/**
 * A customer's facts as the scorer tells them: offsets grow, `asOf` never goes back, some events come late, some are taken
 * back later.
 */
export const someHistory: fc.Arbitrary<readonly KpiFact[]> = fc
  .uniqueArray(fc.tuple(someEvent, fc.option(someStanding, { nil: null }), fc.boolean()), {
    maxLength: 25,
    selector: ([{ factId }]) => factId,
  })
  .map((drawn) => {
    const facts: KpiFact[] = [];
    let asOf = 0;
    for (const [event, standing, isTakenBack] of drawn) {
      asOf = Math.max(asOf, utcRules.dayOf(event.at) + 1);
      const made = { ...event, sequence: facts.length, standing: standing && { ...standing, asOf } };
      facts.push(made);
      if (isTakenBack && facts.length % 3 === 0) facts.push({ ...event, sign: -1, sequence: facts.length });
    }
    return facts;
  });

const someTime = fc.option(fc.integer({ min: firstDay * dayMs, max: (firstDay + 400) * dayMs }), { nil: null });
const someClock = fc.option(fc.record({ metAt: someTime, ranMs: fc.nat(1e9), overdueAt: someTime }), { nil: null });

const someTask = fc.record({
  arm: fc.constantFrom('treated' as const, 'holdout' as const),
  playbook: fc.constantFrom('win-back', 'care-call'),
  staff: fc.constantFrom(null, 'mei'),
  respondBy: someTime,
  breachedAt: someTime,
  respondedAt: someTime,
  resolvedAt: someTime,
  outcome: fc.constantFrom(null, 'kept', 'lost', 'done', 'purchased', 'stopped'),
  measuredAt: someTime,
  purchases: fc.nat(3),
  revenueMinor: fc.nat(90_000),
});

const someCase = fc.record({
  isComplaint: fc.boolean(),
  reopenedAt: someTime,
  answer: someClock,
  handling: someClock,
  complaint: someClock,
  resolution: someClock,
});

const versions = new Map<string, KpiFact>();

/** What a version says follows from its id and number. */
function versionFact(drawn: DrawnVersion): KpiFact {
  const name = JSON.stringify(drawn);
  const fact = versions.get(name) ?? makeVersion(drawn);
  versions.set(name, fact);
  return fact;
}

function makeVersion({ isTask, id, sequence }: DrawnVersion): KpiFact {
  const parts = { factId: (isTask ? '1' : '2').concat(id).padStart(32, '0'), epoch: 0, sequence, standing: null };
  const drawn = {
    seed: sequence + 10 * [...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 0),
    numRuns: 1,
  };
  if (isTask) {
    const [task] = fc.sample(someTask, drawn);
    return aKpiFact({ ...parts, kind: 'task', task: { ...aTaskStanding, ...task } });
  }
  const [standing] = fc.sample(someCase, drawn);
  return aKpiFact({ ...parts, kind: 'serviceCase', serviceCase: { ...aCaseStanding, ...standing } });
}

interface DrawnVersion {
  readonly isTask: boolean;
  readonly id: string;
  readonly sequence: number;
}

function versionsOf(ids: readonly string[], length: { readonly minLength?: number; readonly maxLength: number }) {
  const drawn = fc.record({
    isTask: fc.boolean(),
    id: fc.constantFrom(...ids),
    sequence: fc.integer({ min: 1, max: 5 }),
  });
  return fc.array(drawn.map(versionFact), length);
}

/** Versions of two tasks and two cases of one customer, in any order, with copies. */
export const someVersions: fc.Arbitrary<readonly KpiFact[]> = versionsOf(['a', 'b'], { maxLength: 12 });

/** Of more tasks and cases than a ledger can amend. */
export const manyVersions: fc.Arbitrary<readonly KpiFact[]> = versionsOf(
  Array.from({ length: 48 }, (_, i) => `t${i}`),
  { minLength: 200, maxLength: 400 },
);
