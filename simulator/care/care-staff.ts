import { createRandom } from '../random.ts';
import type { StaffEntry } from './care-entry.ts';

/** What somebody does about a task, so many hours after it was opened or, where a person is asked later, after that. */
export interface StaffAct extends Pick<StaffEntry, 'verb' | 'result' | 'state'> {
  readonly afterHours: number;
  /** Hours until the snooze or the claim is over; null where it has no end. */
  readonly forHours: number | null;
}

const act = (verb: StaffAct['verb'], afterHours: number, more: Partial<StaffAct> = {}): StaffAct => ({
  verb,
  afterHours,
  forHours: null,
  result: null,
  state: null,
  ...more,
});

/**
 * What the staff does about one task, drawn from the seed and the task alone: most are claimed, answered and settled in time,
 * some late, some are put off, some are claimed and forgotten, and some nobody ever looks at.
 */
export function drawStaffActs(seed: number, task: string): readonly StaffAct[] {
  const random = createRandom(seed, `staff ${task}`);
  const mood = random.unit();
  if (mood < 0.15) return [];
  const slow = random.chance(0.25) ? 6 : 1;
  const claimed = random.integer(1, 30 * slow);
  const acts: StaffAct[] = [];
  if (random.chance(0.3)) {
    const state = random.chance(0.6) ? 'waiting-for-customer' : null;
    acts.push(act('snooze', random.integer(1, 20), { forHours: random.integer(2, 300), state }));
  }
  if (random.chance(0.8))
    acts.push(act('claim', claimed, { forHours: random.chance(0.4) ? random.integer(1, 48) : null }));
  if (mood < 0.25) return inOrder(acts);
  // Some wait for the last moment: on the very instant is in time.
  const answered = random.chance(0.2) ? random.pick([24, 48, 72, 168]) : claimed + random.integer(1, 24 * slow);
  if (random.chance(0.8)) acts.push(act('respond', answered));
  if (mood < 0.32) return inOrder(acts);
  const result = random.pick(['kept', 'lost', 'no-result', 'purchased']);
  acts.push(act('resolve', answered + random.integer(1, 80 * slow), { result }));
  return inOrder(acts);
}

function inOrder(acts: readonly StaffAct[]): readonly StaffAct[] {
  return acts.toSorted((one, other) => one.afterHours - other.afterHours);
}
