import type { BusinessCalendar } from '../../services/core/events/business-day.ts';
import { isoFromEpochDay } from '../../services/core/events/epoch-day.ts';
import type { TaskRules } from '../../services/core/playbooks/tenant-rules.ts';
import type { Score } from '../../services/core/scoring/score.ts';
import type { SegmentChanges } from '../../services/core/segments/segment-changes.ts';
import { type AppliedInput, applyInput } from '../../services/core/tasks/apply-input.ts';
import type { TaskInput } from '../../services/core/tasks/task-input.ts';
import { emptyTaskState } from '../../services/core/tasks/task-state.ts';
import { SimulationTally } from './simulation-tally.ts';

/** Scheme and machine of the tiers and stages that scores name. */
export interface PrimaryPlaces {
  readonly tiers: string;
  readonly stages: string;
}

export interface SimulateOptions {
  readonly rules: TaskRules;
  readonly calendar: BusinessCalendar;
  readonly primary: PrimaryPlaces;
}

/**
 * Follows the playbooks over recorded scores in virtual time, customer by customer, with the reducer that alerts runs; time
 * passes to the end of the last day. Nobody answers any task. Tiers and stages are those of the scores; where a customer
 * stands at the first one counts as where it stood before.
 */
export function simulatePlaybooks(scores: readonly Score[], options: SimulateOptions): SimulationTally {
  const { rules, calendar } = options;
  const tally = new SimulationTally(rules, (at) => isoFromEpochDay(calendar.dayOf(at)));
  const last = scores.reduce((latest, { receivedAt }) => Math.max(latest, receivedAt), 0);
  const until = calendar.startOf(calendar.dayOf(last) + 1) - 1;
  const customers = Map.groupBy(scores, ({ tenant, surrogate }) => `${tenant}|${surrogate}`);
  for (const own of customers.values()) followCustomer(own, { ...options, tally, until });
  return tally;
}

interface Following extends SimulateOptions {
  readonly tally: SimulationTally;
  readonly until: number;
}

function followCustomer(scores: readonly Score[], { rules, primary, tally, until }: Following): void {
  const [first] = scores;
  if (first === undefined) return;
  const { tenant, surrogate } = first;
  let state = emptyTaskState();
  const take = (input: TaskInput): AppliedInput['result'] => {
    const applied = applyInput(state, input, { key: { tenant, surrogate }, rules, now: until });
    const { outbox, audits } = applied.state;
    state = { ...applied.state, outbox: [], audits: [] };
    tally.add(tenant, { decisions: applied.decisions, tasks: outbox, audits });
    return applied.result;
  };
  let before: Score | null = null;
  for (const score of scores.toSorted((a, b) => a.receivedAt - b.receivedAt || a.stateVersion - b.stateVersion)) {
    const moves = placeChanges(before, score, primary);
    if (moves !== null && !score.degraded) take(moves);
    tally.addScore(score, take({ kind: 'score', score }));
    if (!score.degraded) before = score;
  }
  take({ kind: 'time', at: until });
}

/** Where the customer stands by a score and did not by the one before. */
function placeChanges(before: Score | null, score: Score, primary: PrimaryPlaces): TaskInput | null {
  const { tenant, surrogate, customerRef, source, eventId, asOf, receivedAt, stateVersion } = score;
  const changes = [
    { kind: 'tier' as const, scheme: primary.tiers, old: before?.tier ?? null, new: score.tier, because: null },
    { kind: 'stage' as const, scheme: primary.stages, old: before?.stage ?? null, new: score.stage, because: null },
  ].filter((each) => each.old !== each.new);
  if (changes.length === 0) return null;
  // Before the first score, so that nobody enters with it.
  const at = before === null ? receivedAt - 1 : receivedAt;
  const segments: SegmentChanges = {
    tenant, surrogate, customerRef, source, eventId, asOf, at, stateVersion, changes,
    changeId: `${score.scoreId}-places`, eventType: '', cause: 'day', activationId: '', segments: '',
    historical: before === null || score.historical,
  }; // prettier-ignore
  return { kind: 'segments', segments, place: { logId: null, offset: stateVersion } };
}
