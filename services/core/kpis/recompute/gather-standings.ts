import type { Score } from '../../scoring/score.ts';
import type { Surrogate } from '../../units.ts';
import { countedAs } from '../counted-types.ts';
import type { KpiRules } from '../kpi-rules.ts';
import type { LoggedEvent, PlacedRecord } from './gather-events.ts';
import type { PastStanding } from './kpi-history.ts';

/**
 * Where scores place customers. A standing is told with each event that KPIs read, of acts that only make a day an active one
 * with the first of the day, and else where stage, tier or level is another than before: a lifetime value that alone has
 * changed since is told with the next of them.
 */
export function gatherStandings(
  logs: {
    readonly records: readonly PlacedRecord[];
    readonly scores: readonly Score[];
    readonly minorPerMajor: number;
  },
  events: ReadonlyMap<Surrogate, readonly LoggedEvent[]>,
  rules: KpiRules,
): ReadonlyMap<Surrogate, readonly PastStanding[]> {
  const orderOf = findOrders(logs.records);
  const scores = new Map(logs.scores.map((score) => [score.scoreId, score]));
  const standings = new Map<Surrogate, PastStanding[]>();
  for (const [surrogate, all] of Map.groupBy(scores.values(), (score) => score.surrogate)) {
    const told = firstTold(events.get(surrogate) ?? [], rules);
    let before: Score | null = null;
    for (const score of all.toSorted((one, other) => one.stateVersion - other.stateVersion)) {
      const own = scoreName(surrogate, score);
      const order = orderOf(score);
      const isTold = told.has(own) || isTakingBack(score, events.get(surrogate) ?? []) || isElsewhere(before, score);
      if (isTold) standings.set(surrogate, [...(standings.get(surrogate) ?? []), standingOf(score, order, logs)]);
      before = score;
    }
  }
  return standings;
}

/**
 * Where the record stands that a score was made of: of copies the first, of a closed day the record that closed it on the
 * partition of the customer.
 */
function findOrders(records: readonly PlacedRecord[]): (score: Score) => number {
  const own = new Map<string, number>();
  const days = new Map<string, number>();
  const partitions = new Map<Surrogate, number>();
  for (const { record, partition, offset } of records.toSorted((one, other) => other.offset - one.offset)) {
    const { surrogate, eventId } = record;
    if (record.dayClosed === null) partitions.set(surrogate, partition);
    if (record.dayClosed === null) own.set(scoreName(surrogate, record), offset);
    else days.set(`${partition} ${eventId}`, offset);
  }
  return (score) => {
    const day = days.get(`${partitions.get(score.surrogate) ?? -1} ${score.eventId}`);
    return own.get(scoreName(score.surrogate, score)) ?? day ?? 0;
  };
}

function scoreName(
  surrogate: Surrogate,
  { source, eventId }: { readonly source: string; readonly eventId: string },
): string {
  return JSON.stringify([surrogate, source, eventId]);
}

/** Events whose fact carries a standing. */
function firstTold(events: readonly LoggedEvent[], rules: KpiRules): ReadonlySet<string> {
  const days = new Set<number>();
  return new Set(
    events
      .toSorted((one, other) => one.order - other.order)
      .filter(({ type, at }) => {
        if (countedAs(type) !== 'first-of-day') return true;
        const day = rules.dayOf(at);
        return type !== 'page.viewed' && !days.has(day) && days.add(day);
      })
      .map((event) => scoreName(surrogateOf(event), event)),
  );
}

function surrogateOf(event: LoggedEvent): Surrogate {
  return (event as LoggedEvent & { readonly surrogate: Surrogate }).surrogate;
}

function isTakingBack({ eventId }: Score, events: readonly LoggedEvent[]): boolean {
  return events.some((event) => event.isTakenBack && eventId === `retracted:${event.eventId}`);
}

function isElsewhere(before: Score | null, now: Score): boolean {
  return before === null || before.stage !== now.stage || before.tier !== now.tier || before.level !== now.level;
}

function standingOf(
  { asOf, stage, tier, clv }: Score,
  order: number,
  { minorPerMajor }: { readonly minorPerMajor: number },
): PastStanding {
  return { order, asOf, stage, tier, clvMinor: clv === null ? null : Math.round(clv.mean * minorPerMajor) };
}
