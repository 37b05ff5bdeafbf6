import type { EventType } from '../../services/core/events/event-types.ts';
import type { EpochMs } from '../../services/core/units.ts';
import { createRandom, type Random } from '../random.ts';
import type { CareEntry } from './care-entry.ts';

export interface CareLifeOptions {
  readonly seed: number;
  readonly customer: number;
  readonly from: EpochMs;
  readonly days: number;
}

const hourMs = 3_600_000;
const levels = ['none', 'watch', 'high', 'critical'] as const;
const codes = ['experience', 'service-gap', 'price', 'competitor', 'need-changed', 'silence', 'delivery'] as const;
const places: readonly (readonly ['tier' | 'stage', string, readonly (string | null)[]])[] = [
  ['stage', 'lifecycle5', ['new', 'active', 'dormant', 'lapsed']],
  ['stage', 'relation5', ['contact', 'decline', null]],
  ['tier', 'retail5', ['core', null]],
  ['tier', 'value3', ['low', 'medium', 'high']],
];
const everyday: readonly EventType[] = ['order.delayed', 'order.fulfilled', 'need.changed', 'service.upgraded', 'contract.milestone', 'contact.received', 'payment.failed', 'payment.made']; // prettier-ignore

type Drawn = CareEntry extends infer Entry ? (Entry extends CareEntry ? Omit<Entry, 'at'> : never) : never;

/** The life of one customer, drawn from the seed and the customer's number alone; in order, at most one entry an hour. */
export function drawCareLife({ seed, customer, from, days }: CareLifeOptions): CareEntry[] {
  const random = createRandom(seed, `care ${customer}`);
  const taken = new Map<number, CareEntry>();
  const put = (hour: number, drawn: Drawn): void => {
    let free = Math.max(0, Math.floor(hour));
    while (taken.has(free)) free += 1;
    if (free < days * 24) taken.set(free, { ...drawn, at: from + free * hourMs });
  };
  put(random.integer(0, 48), drawScore(random));
  for (let day = random.gamma(2, 12); day < days; day += random.gamma(2, 40)) put(day * 24, drawScore(random));
  for (let day = random.gamma(2, 20); day < days; day += random.gamma(1, 60)) put(day * 24, drawOrder(random));
  for (let day = random.gamma(1, 15); day < days; day += random.gamma(1, 60)) put(day * 24, drawPlace(random));
  for (let day = random.gamma(1, 30); day < days; day += random.gamma(1, 90)) put(day * 24, drawEveryday(random));
  drawTroubles(random, { days, from }, put);
  return [...taken.entries()].sort(([one], [other]) => one - other).map(([, entry]) => entry);
}

function drawScore(random: Random): Drawn {
  const level = random.pick(levels);
  const reasons = codes.filter(() => random.chance(0.22));
  return { kind: 'score', level, reasons, p90: random.integer(5, 95) / 100, value: random.integer(0, 400) };
}

function event(type: EventType, attributes: Readonly<Record<string, string | number | boolean>> = {}): Drawn {
  return { kind: 'event', type, attributes, amountMinor: null };
}

function drawOrder(random: Random): Drawn {
  return { kind: 'event', type: 'order.placed', attributes: {}, amountMinor: random.integer(500, 20_000) };
}

function drawPlace(random: Random): Drawn {
  const [standing, scheme, names] = random.pick(places);
  return { kind: 'place', standing, scheme, name: random.pick(names) };
}

function drawEveryday(random: Random): Drawn {
  return event(random.pick(everyday));
}

interface Days {
  readonly days: number;
  readonly from: EpochMs;
}

/** What happens to some: complaints, low ratings, refusals, wishes to be left alone, birthdays. */
function drawTroubles(random: Random, { days, from }: Days, put: (hour: number, drawn: Drawn) => void): void {
  const some = () => random.integer(0, days * 24 - 1);
  for (let n = 0, of = random.integer(0, 5) - 3; n < of; n += 1) {
    const [opened, takes, isComplaint] = [some(), random.integer(2, 400), random.chance(0.7)];
    const caseId = `case-${n}`;
    put(opened, event('case.opened', { caseId, isComplaint }));
    put(opened + takes, event('case.resolved', { caseId }));
  }
  const surveyKind = random.pick(['csat', 'nps']);
  if (random.chance(0.2)) put(some(), event('survey.answered', { surveyKind, surveyScore: random.integer(1, 5) }));
  if (random.chance(0.15)) put(some(), event('survey.answered', { surveyKind, surveyScore: random.integer(1, 5) }));
  if (random.chance(0.1)) {
    const said = {
      purpose: random.pick(['marketing', 'care', 'all']),
      ...(random.chance(0.3) ? { channel: 'sms' } : {}),
    };
    const hour = some();
    put(hour, event('consent.changed', { ...said, granted: false }));
    if (random.chance(0.4)) put(hour + random.integer(24, 900), event('consent.changed', { ...said, granted: true }));
  }
  if (random.chance(0.04)) put(some(), event('preference.changed', { automatedOffers: false }));
  if (random.chance(0.08)) {
    const hour = some();
    const until = from + (hour + random.integer(24, 700)) * hourMs;
    if (random.chance(0.5)) put(hour, event('preference.changed', { doNotContactUntil: new Date(until).toISOString() }));
    else put(hour, { kind: 'staff', verb: 'leave-alone', task: null, until: until + 48 * hourMs, result: null, state: null }); // prettier-ignore
  }
  if (random.chance(0.4)) {
    const birthday = new Date(Date.UTC(1980, 0, random.integer(1, 365))).toISOString().slice(0, 10);
    put(random.integer(0, 240), event('customer.upserted', { birthday }));
  }
}
