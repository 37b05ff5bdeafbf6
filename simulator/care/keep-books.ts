import type { EpochMs } from '../../services/core/units.ts';
import { beginOnLevel, beginOnStanding, type DrawArm } from './begin-tasks.ts';
import type { CareEntry, StaffEntry } from './care-entry.ts';
import { type BookTask, CareLedger } from './care-ledger.ts';
import type { CarePlan } from './care-plan.ts';
import { drawStaffActs, type StaffAct } from './care-staff.ts';
import { passHour } from './pass-hour.ts';
import { takeEntry } from './take-entry.ts';

export interface KeptBooks {
  /** The life with what the staff did, in order, at most one entry an hour. */
  readonly entries: readonly CareEntry[];
  readonly ledger: CareLedger;
}

export interface KeepBooksOptions {
  readonly plan: CarePlan;
  readonly seed: number;
  readonly customer: number;
  readonly from: EpochMs;
  readonly days: number;
  readonly drawArm: DrawArm;
}

const hourMs = 3_600_000;

/**
 * Lives through a customer's life hour by hour, as the playbook file and its reference say, and keeps the books of it. The
 * rules are told a second time here, in the plainest way that is right, so that the engine can be held against them.
 */
export function keepBooks(life: readonly CareEntry[], options: KeepBooksOptions): KeptBooks {
  const { plan, from, days, drawArm } = options;
  const ledger = new CareLedger();
  const entries: CareEntry[] = [];
  const staff = new Staff(options);
  let next = 0;
  for (let hour = 0; hour < days * 24; hour += 1) {
    ledger.now = from + hour * hourMs;
    passHour(ledger, plan, drawArm);
    const entry = life[next]?.at === ledger.now ? life[next++] : staff.actIn(ledger);
    if (entry === undefined) continue;
    entries.push(entry);
    takeEntry(ledger, plan, { entry, drawArm });
    beginOnLevel(ledger, plan, drawArm);
    beginOnStanding(ledger, plan, drawArm);
  }
  return { entries, ledger };
}

/** The people who work on a customer's tasks, one act an hour. */
class Staff {
  readonly #options: KeepBooksOptions;
  /** What is still to be done about a task, and from when on its hours count. */
  readonly #plans = new Map<BookTask, { readonly since: EpochMs; readonly acts: StaffAct[] }>();

  constructor(options: KeepBooksOptions) {
    this.#options = options;
  }

  actIn(ledger: CareLedger): StaffEntry | undefined {
    for (const { tasks } of ledger.triggers.values()) {
      const task = tasks.at(-1);
      if (task?.endedAt !== null || !task.asksPerson || task.arm === 'holdout') continue;
      const plan = this.#planOf(task, ledger.now);
      const [act] = plan.acts;
      if (act === undefined || plan.since + act.afterHours * hourMs > ledger.now) continue;
      plan.acts.shift();
      return toEntry(act, task, ledger.now);
    }
    return undefined;
  }

  #planOf(task: BookTask, now: EpochMs) {
    const known = this.#plans.get(task);
    if (known !== undefined) return known;
    const { seed, customer } = this.#options;
    const made = {
      since: task.step === 0 || task.isFollowUp ? task.openedAt : now,
      acts: [...drawStaffActs(seed, `${customer} ${task.trigger} ${task.episode}`)],
    };
    this.#plans.set(task, made);
    return made;
  }
}

function toEntry({ verb, result, state, forHours }: StaffAct, { trigger, episode }: BookTask, at: EpochMs): StaffEntry {
  const until = forHours === null ? null : at + forHours * hourMs;
  return { kind: 'staff', at, verb, task: { trigger, episode }, until, result, state };
}
