import { eventTypes } from '../events/event-types.ts';
import type { EventType } from '../events/event-types.ts';
import { normaliseName } from './normalise-name.ts';
import type { PlannedType, PlanScope } from './plan-document.ts';
import type { SourcePlan } from './tracking-plan.ts';

/** What is not about names: for each of them the first scope that says anything decides alone. */
export function compileLists(
  scopes: readonly PlanScope[],
  needsPurpose: boolean,
): Pick<SourcePlan, 'keptNames' | 'expectedFields' | 'country' | 'purpose' | 'isOff'> {
  const kept = new Map<EventType, ReadonlySet<string>>();
  const expected = new Map<EventType, readonly string[]>();
  for (const type of eventTypes) {
    const keep = firstOf(scopes, type, (planned) => planned.keep);
    if (keep !== undefined) kept.set(type, new Set(keep.map(normaliseName)));
    expected.set(type, firstOf(scopes, type, (planned) => planned.expect) ?? []);
  }
  const purpose = scopes.find((scope) => scope.purpose !== undefined)?.purpose ?? null;
  return {
    keptNames: (type) => kept.get(type) ?? null,
    expectedFields: (type) => expected.get(type) ?? [],
    country: scopes.find((scope) => scope.country !== undefined)?.country ?? null,
    purpose,
    isOff: needsPurpose && purpose === null,
  };
}

function firstOf<T>(
  scopes: readonly PlanScope[],
  type: EventType,
  read: (planned: PlannedType) => T | undefined,
): T | undefined {
  for (const { events } of scopes) {
    const planned = events[type];
    const value = planned === undefined ? undefined : read(planned);
    if (value !== undefined) return value;
  }
  return undefined;
}
