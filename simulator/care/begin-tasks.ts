import type { PlaybookRule } from '../../services/core/playbooks/playbook-document.ts';
import { levelRank } from '../../services/core/scoring/level.ts';
import type { EpochMs } from '../../services/core/units.ts';
import { isInPeace, refusalIn, whyNot } from './care-gates.ts';
import type { BookTask, CareLedger } from './care-ledger.ts';
import type { CarePlan } from './care-plan.ts';
import { followSteps, promiseFrom } from './follow-steps.ts';

/** Draws a customer's arm under a playbook. */
export type DrawArm = (playbook: string, holdout: number) => BookTask['arm'];

export interface Opening {
  readonly id: string;
  readonly playbook: PlaybookRule;
  readonly trigger: string;
  readonly arm: BookTask['arm'];
  readonly step?: number;
}

const dayMs = 86_400_000;

export function openBookTask(
  ledger: CareLedger,
  plan: CarePlan,
  { id, playbook, trigger: name, arm, step = 0 }: Opening,
) {
  const trigger = ledger.trigger(name);
  const level = ledger.score?.level ?? 'none';
  const { now } = ledger;
  trigger.episode += 1;
  Object.assign(trigger, { isRunning: true, lastBegunAt: now, restUntil: null });
  const task: BookTask = {
    playbook: id, trigger: name, episode: trigger.episode, arm, openedAt: now, isFollowUp: step > 0, status: 'open', step,
    wakeAt: null, asksPerson: false, isPaused: false, level, isWarned: false, breachedAt: null, isAnswered: false,
    escalations: 0, contacts: [], snoozedUntil: null, claimedUntil: null, result: null, endedAt: null, purchases: 0,
    isMeasured: false,
    respond: promiseFrom(ledger, plan, { playbook, rule: playbook.respond_within, level }),
    resolve: promiseFrom(ledger, plan, { playbook, rule: playbook.resolve_within, level }),
  }; // prettier-ignore
  trigger.tasks.push(task);
  followSteps(ledger, plan, { task, from: step });
}

/** Begins what a level of risk asks for: the worthiest playbook that fits the reasons and may begin. */
export function beginOnLevel(ledger: CareLedger, plan: CarePlan, drawArm: DrawArm): void {
  const { score, now } = ledger;
  if (score === null || score.level === 'none') return;
  const known = ledger.triggers.get('churn-risk');
  if (ledger.openTask('churn-risk') !== undefined) return;
  if (known?.isRunning === true && known.restUntil === null) return;
  if ((known?.restUntil ?? 0) > now) return;
  const answering = plan.playbooks.filter(
    ([, { trigger }]) => trigger.on === 'level' && levelRank(score.level) >= levelRank(trigger.at_least),
  );
  const fitting = fit(answering, score.reasons);
  const ranked = (fitting.length > 0 ? fitting : fit(answering, [])).toSorted((a, b) => worth(b[1], score) - worth(a[1], score)); // prettier-ignore
  if (ranked.length === 0) return;
  const whys = ranked.map(([, playbook]) => whyNot(ledger, playbook, 'churn-risk'));
  const chosen = ranked[whys.indexOf(null)];
  if (chosen !== undefined) {
    const [id, playbook] = chosen;
    openBookTask(ledger, plan, { id, playbook, trigger: 'churn-risk', arm: drawArm(id, playbook.holdout) });
  } else if (!whys.includes('later')) {
    Object.assign(ledger.trigger('churn-risk'), { isRunning: true, restUntil: null, lastBegunAt: now });
    withhold(ledger, ranked[0]);
  }
}

type Named = readonly [string, PlaybookRule];

function fit(playbooks: readonly Named[], reasons: readonly string[]): readonly Named[] {
  const wanted = reasons.length === 0 ? ['other'] : reasons;
  return playbooks.filter(
    ([, { trigger }]) =>
      trigger.on === 'level' && (trigger.reasons === null || trigger.reasons.some((each) => wanted.includes(each))),
  );
}

function worth({ expected_effect, offer }: PlaybookRule, { p90, value }: { p90: number; value: number }): number {
  return p90 * value * 100 * expected_effect - Number(offer?.cost ?? '0') * 100;
}

function withhold(ledger: CareLedger, [id, playbook]: Named): void {
  const why = refusalIn(ledger, playbook, null);
  ledger.withheld.push({ playbook: id, what: 'open-task', why: why ?? 'other' });
}

/** Begins what the customer's place, a silence, a day or a lost case asks for. */
export function beginOnStanding(ledger: CareLedger, plan: CarePlan, drawArm: DrawArm): void {
  for (const named of plan.onStanding) {
    const [id, playbook] = named;
    const due = dueAt(ledger, plan, named);
    if (due === null || due > ledger.now) continue;
    if (isInPeace(ledger, playbook)) continue;
    const why = whyNot(ledger, playbook, id);
    if (why === null) openBookTask(ledger, plan, { id, playbook, trigger: id, arm: drawArm(id, playbook.holdout) });
    else if (why === 'refused') {
      ledger.trigger(id).lastBegunAt = ledger.now;
      withhold(ledger, named);
    }
  }
}

function dueAt(ledger: CareLedger, plan: CarePlan, [id, { trigger }]: Named): EpochMs | null {
  const lastBegunAt = ledger.triggers.get(id)?.lastBegunAt ?? null;
  switch (trigger.on) {
    case 'stage':
    case 'tier': {
      const [scheme, names] = trigger.on === 'stage' ? [trigger.machine, trigger.enters] : [trigger.scheme, trigger.in];
      const place = ledger.places.get(scheme);
      if (place === undefined || !names.includes(place.name)) return null;
      if (lastBegunAt === null || lastBegunAt < place.since) return place.since;
      return trigger.every === null ? null : lastBegunAt + plan.length(trigger.every);
    }
    case 'silence': {
      const last = trigger.since === 'purchase' ? ledger.lastPurchaseAt : ledger.lastContactAt;
      if (last === null) return null;
      const due = Math.max(last, ledger.liveSince ?? 0) + plan.length(trigger.for);
      return lastBegunAt !== null && lastBegunAt >= due ? lastBegunAt + plan.length(trigger.for) : due;
    }
    case 'date':
      return birthdayAt(ledger, plan, lastBegunAt);
    case 'without-result':
      return lostAt(ledger, trigger.of, lastBegunAt);
    default:
      return null;
  }
}

/** Now, if today is the day, messages may go out, and it was not thought of yet; a day that has passed is not made up for. */
function birthdayAt({ birthday, now }: CareLedger, plan: CarePlan, lastBegunAt: EpochMs | null): EpochMs | null {
  if (birthday === null || !plan.isContactHour(now)) return null;
  if (new Date(now).toISOString().slice(5, 10) !== birthday.day) return null;
  return lastBegunAt !== null && lastBegunAt > now - dayMs ? null : now;
}

function lostAt(ledger: CareLedger, other: string, lastBegunAt: EpochMs | null): EpochMs | null {
  const task = ledger.triggers.get(other)?.tasks.at(-1);
  if (task === undefined || task.endedAt === null || task.status === 'retracted' || task.arm === 'holdout') return null;
  if (task.result === 'kept' || task.result === 'purchased') return null;
  return lastBegunAt !== null && lastBegunAt >= task.endedAt ? null : task.endedAt;
}
