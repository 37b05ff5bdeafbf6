import type { EpochMs } from '../units.ts';
import { dueAt } from './clock.ts';
import type { ClockRule } from './clock-rule.ts';
import type { ServiceClock, ServiceClocks } from './service-clocks.ts';

/** Notes which clocks have run out by `at`, and when. The same object where there is nothing to note. */
export function noteOverdue(state: ServiceClocks, at: EpochMs, rules: readonly ClockRule[]): ServiceClocks {
  const clocks = state.clocks.map((each) => {
    const runsOutAt = pendingAt(state, each, rules);
    return runsOutAt === null || runsOutAt > at ? each : { ...each, overdueAt: runsOutAt };
  });
  return clocks.every((each, i) => each === state.clocks[i]) ? state : { ...state, clocks };
}

/** When `noteOverdue` has something to do next if nothing else happens; null for never. */
export function nextOverdueAt(state: ServiceClocks, rules: readonly ClockRule[]): EpochMs | null {
  const times = state.clocks.map((each) => pendingAt(state, each, rules)).filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}

function pendingAt({ serviceClass }: ServiceClocks, each: ServiceClock, rules: readonly ClockRule[]): EpochMs | null {
  if (each.overdueAt !== null) return null;
  const terms = rules.find(({ name }) => name === each.name)?.termsFor(serviceClass) ?? null;
  return terms === null ? null : dueAt(each.clock, terms);
}
