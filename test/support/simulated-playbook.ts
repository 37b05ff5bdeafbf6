import { createRandom, type Random } from '../../simulator/random.ts';
import type { RetentionTask } from '../../services/core/tasks/retention-task.ts';
import { assignArm } from '../../services/core/uplift/assign-arm.ts';
import { EffectBook } from '../../services/core/uplift/effect-book.ts';
import { reportEffects, type EffectReport } from '../../services/core/uplift/effect-report.ts';
import type { Effect } from '../../services/core/uplift/effect.ts';
import { suppressedSegments } from '../../services/core/uplift/suppressed-segments.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { aTask } from './a-task.ts';
import { knownCustomers, trueEffect, type KnownCustomer } from './known-effects.ts';

export interface PlaybookTrial {
  readonly seed: number;
  readonly customers: number;
  /** What tasks say that the arms were drawn with. */
  readonly holdoutShare: number;
  /** What they were drawn with in truth; the same unless something is broken. */
  readonly drawnShare?: number;
}

export interface TrialResult {
  readonly report: EffectReport;
  /** Truth on margin per customer, in minor units. */
  readonly trueMargin: number;
  /** Whether every daily look found the truth about churn in the interval. */
  readonly heldAlways: boolean;
  /** The same of the interval for one look, which does not promise it. */
  readonly heldOnce: boolean;
  /** `playbook|segment` that any look suppressed. */
  readonly everSuppressed: ReadonlySet<string>;
  readonly everMismatched: boolean;
}

const playbook = 'wake-dormant';
const marginRate = 0.3;
const dayMs = 86_400_000;
const firstDay = Date.UTC(2026, 0, 1);
/** Tasks open on so many days, evenly; each is measured 90 days later. */
const openingDays = 180;
const windowDays = 90;

/** Lets a playbook run over customers whose truth is known: arms, tasks and the book are the real ones; looked at daily. */
export function runTrial(trial: PlaybookTrial): TrialResult {
  const customers = knownCustomers(trial.seed, trial.customers);
  const random = createRandom(trial.seed, 'outcomes');
  const tasks = customers.map((customer, i) => open(trial, customer, Math.floor((i * openingDays) / trial.customers)));
  const book = new EffectBook();
  const seen = { heldAlways: true, heldOnce: true, everSuppressed: new Set<string>(), everMismatched: false };
  let next = 0;
  let measured = 0;
  for (let day = 0; day < openingDays + windowDays; day += 1) {
    const at = firstDay + day * dayMs;
    while (next < tasks.length && tasks[next].createdAt <= at) book.add(tasks[next++]);
    while (measured < next && tasks[measured].createdAt + windowDays * dayMs <= at) {
      book.add(measure(tasks[measured], customers[measured], random));
      measured += 1;
    }
    look(reportEffects(book.tallies, marginRate), seen);
  }
  const trueMargin = customers.reduce((sum, each) => sum - each.effect * each.meanRevenue * marginRate, 0);
  return { ...seen, report: reportEffects(book.tallies, marginRate), trueMargin: trueMargin / customers.length };
}

function open(trial: PlaybookTrial, { surrogate, segment }: KnownCustomer, day: number): RetentionTask {
  const { holdoutShare, drawnShare = holdoutShare } = trial;
  const arm = assignArm(nodeDigest, { tenant: 'demo', playbook, surrogate }, drawnShare);
  const createdAt = firstDay + day * dayMs;
  return aTask({ taskId: surrogate, surrogate, playbook, segment, arm, holdoutShare, createdAt });
}

function measure(task: RetentionTask, customer: KnownCustomer, random: Random): RetentionTask {
  const { churn, effect, meanRevenue, revenueSigma } = customer;
  const churned = random.unit() < churn + (task.arm === 'treated' ? effect : 0);
  const spread = Math.exp(revenueSigma * random.normal() - revenueSigma ** 2 / 2);
  return {
    ...task,
    version: 2,
    status: task.arm === 'treated' ? 'resolved' : 'expired',
    measured: {
      until: task.createdAt + windowDays * dayMs,
      purchases: churned ? 0 : 1,
      revenueMinor: churned ? 0 : Math.round(meanRevenue * spread),
      churned,
    },
  };
}

interface Seen {
  heldAlways: boolean;
  heldOnce: boolean;
  readonly everSuppressed: Set<string>;
  everMismatched: boolean;
}

function look(report: EffectReport, seen: Seen): void {
  const [row] = report.playbooks;
  for (const name of suppressedSegments(report)) seen.everSuppressed.add(name);
  seen.everMismatched ||= row.sampleRatio?.isMismatch === true;
  if (row.churn === null) return;
  seen.heldOnce &&= covers(row.churn, trueEffect);
  seen.heldAlways &&= row.churn.alwaysLow <= trueEffect && trueEffect <= row.churn.alwaysHigh;
}

/** Whether the interval for one look holds the truth. */
export function covers({ low, high }: Effect, truth: number): boolean {
  return low <= truth && truth <= high;
}
