/*
 * A second telling of what cases and their clocks do, hour by hour, for the rules of `plainCaseRules`: nothing is computed
 * ahead, everything is counted.
 */

export type NaiveStep =
  | { readonly kind: 'respond' | 'resolve' | 'follow-up' | 'close' | 'reopen' | 'resume' }
  | { readonly kind: 'bot-note' }
  | { readonly kind: 'progress' }
  | { readonly kind: 'wait'; readonly state: 'waiting-for-customer' | 'waiting-for-supplier' };

type Name = 'answer' | 'handling' | 'complaint' | 'resolution' | 'followUp';

interface NaiveClock {
  readonly name: Name;
  spent: number;
  met: boolean;
  metHour: number | null;
  warned: boolean;
  steps: number;
  /** Hour at which the target was used up; kept through pauses once it is passed. */
  due: number | null;
}

const targets: Readonly<Record<Name, number>> = {
  answer: 24,
  handling: 48,
  complaint: 36,
  resolution: 72,
  followUp: 72,
};
const order = ['opened', 'responded', 'handled', 'resolved', 'followed-up', 'closed'];
const stuckHours = 60;

export class NaiveCase {
  readonly moments: string[] = ['opened 0'];
  status = 'opened';
  readonly #clocks: NaiveClock[];
  #waiting: string | null = null;
  #hour = 0;
  #progressed = 0;
  #isStuck = false;

  constructor(isComplaint: boolean) {
    const names: readonly Name[] = isComplaint
      ? ['answer', 'handling', 'complaint', 'resolution']
      : ['answer', 'handling', 'resolution'];
    this.#clocks = names.map(newClock);
  }

  /** How a clock went, in hours: when it was met, how long it ran, when it ran out; null where there is none. */
  standing(name: Name): readonly [number | null, number, number | null] | null {
    const clock = this.#clocks.find((each) => each.name === name);
    if (clock === undefined) return null;
    const hasRunOut = clock.spent > targets[name] || (clock.due !== null && this.#isRunning(clock));
    return [clock.metHour, clock.spent, hasRunOut ? clock.due : null];
  }

  passHour(): void {
    this.#hour += 1;
    for (const clock of this.#clocks) {
      if (this.#isRunning(clock)) {
        clock.spent += 1;
        if (clock.spent === targets[clock.name]) clock.due = this.#hour;
      }
    }
    this.#tell();
  }

  take(step: NaiveStep): void {
    const before = this.status;
    if (!this.#apply(step)) return;
    this.#progressed = this.#hour;
    this.#isStuck = false;
    const said = momentOf(step, before, this.status);
    if (said !== null) this.moments.push(`${said} ${this.#hour}`);
  }

  /** Also what became due while it could not be told. */
  #tell(): void {
    for (const clock of this.#clocks) {
      const running = this.#isRunning(clock);
      if (running && !clock.warned && clock.spent >= targets[clock.name] * 0.75) {
        clock.warned = true;
        this.moments.push(`warned ${clock.name} ${this.#hour - (clock.spent - targets[clock.name] * 0.75)}`);
      }
      // A clock that stands still on the very instant has not run out.
      if (clock.met || clock.due === null || (!running && clock.spent <= targets[clock.name])) continue;
      for (const [i, after] of [0, 0, 24].entries()) {
        if (i < clock.steps || clock.due + after > this.#hour) continue;
        clock.steps = i + 1;
        this.moments.push(`${i === 0 ? 'overdue' : `escalated ${i}`} ${clock.name} ${clock.due + after}`);
      }
    }
    const due = this.#progressed + stuckHours;
    if (this.#isStuck || rank(this.status) >= 3 || this.#waiting === 'waiting-for-customer' || due > this.#hour) return;
    this.#isStuck = true;
    this.moments.push(`stuck ${due}`);
  }

  #isRunning({ name, met }: NaiveClock): boolean {
    return !met && (name === 'answer' || this.#waiting !== 'waiting-for-customer');
  }

  #apply(step: NaiveStep): boolean {
    const isSettled = rank(this.status) >= 3;
    if (step.kind === 'reopen') return isSettled && this.#reopen();
    if (this.status === 'closed') return false;
    switch (step.kind) {
      case 'bot-note':
        return false;
      case 'respond':
        return this.#reach('responded', ['answer', 'complaint']);
      case 'progress':
        return this.#reach('handled', ['answer', 'complaint', 'handling']);
      case 'resolve':
        return this.#resolve();
      case 'follow-up':
        return isSettled && this.#reach('followed-up', ['followUp']);
      case 'close':
        return this.status === 'followed-up' && this.#reach('closed', [...this.#clocks.map(({ name }) => name)]);
      case 'wait':
        return !isSettled && this.#wait(step.state);
      case 'resume':
        return this.#wait(null);
    }
  }

  #reach(status: string, met: readonly Name[]): boolean {
    if (rank(this.status) >= rank(status)) return false;
    this.status = status;
    for (const clock of this.#clocks.filter((each) => met.includes(each.name) && !each.met)) {
      clock.met = true;
      clock.metHour = this.#hour;
    }
    return true;
  }

  #resolve(): boolean {
    if (rank(this.status) >= 3) return false;
    this.#waiting = null;
    this.#reach('resolved', ['answer', 'complaint', 'handling', 'resolution']);
    this.#clocks.push(newClock('followUp'));
    return true;
  }

  #reopen(): boolean {
    this.status = 'handled';
    const followUp = this.#clocks.findIndex(({ name }) => name === 'followUp');
    if (followUp >= 0) this.#clocks.splice(followUp, 1);
    for (const clock of this.#clocks) {
      if (clock.name !== 'resolution') continue;
      clock.met = false;
      clock.metHour = null;
      // It ran out to the minute when it was met: it runs out at once when it goes on.
      if (clock.spent === targets.resolution) clock.due = this.#hour;
    }
    return true;
  }

  #wait(state: string | null): boolean {
    if (this.#waiting === state) return false;
    this.#waiting = state;
    for (const clock of this.#clocks) {
      if (!clock.met && this.#isRunning(clock) && clock.spent === targets[clock.name]) clock.due = this.#hour;
    }
    return true;
  }
}

function newClock(name: Name): NaiveClock {
  return { name, spent: 0, met: false, metHour: null, warned: false, steps: 0, due: null };
}

function momentOf({ kind }: NaiveStep, before: string, after: string): string | null {
  if (kind === 'reopen') return 'reopened';
  if (before === after) return null;
  if (after === 'handled') return before === 'opened' ? 'answered' : null;
  return after === 'responded' ? 'answered' : after;
}

function rank(status: string): number {
  return order.indexOf(status);
}
