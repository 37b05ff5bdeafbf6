import type { Check } from '../../core/quality/clean-fields.ts';
import { qualityMark, wholeEvent } from '../../core/quality/quality-mark.ts';
import type { QualityMark } from '../../core/quality/quality-mark.ts';
import type { QualityTargets } from '../../core/quality/quality-targets.ts';
import type { EpochMs } from '../../core/units.ts';
import type { JsonObject } from '../json-object.ts';
import type { PlannedEvent } from '../planned-event.ts';
import type { EventFacts } from './read-facts.ts';

export interface QualityRules {
  readonly expected: readonly string[];
  readonly targets: QualityTargets;
  readonly receivedAt: EpochMs;
}

/** How an event that can be accepted does in the four dimensions, value by value. */
export function observeQuality(
  event: PlannedEvent,
  checks: readonly Check[],
  facts: Pick<EventFacts, 'ids' | 'occurredAt' | 'historical'>,
  { expected, targets, receivedAt }: QualityRules,
): readonly QualityMark[] {
  const marks = expected.map((field) => qualityMark('completeness', field, isFilled(event, facts, field)));
  for (const { kind: field, state } of checks) {
    const isRight = state === 'same' || state === 'changed';
    marks.push(qualityMark('accuracy', field, isRight));
    if (isRight) marks.push(qualityMark('consistency', field, state === 'same'));
  }
  marks.push(qualityMark('accuracy', wholeEvent.event, true));
  marks.push(qualityMark('consistency', wholeEvent.event, true));
  marks.push(qualityMark('consistency', wholeEvent.name, event.isMapped));
  // Without a stated time nobody knows how late an event is; an import is late on purpose.
  if (saysSomething(event.time) && !facts.historical) {
    const isTimely = receivedAt - facts.occurredAt <= targets.timelyMs;
    marks.push(qualityMark('timeliness', wholeEvent.event, isTimely));
  }
  return marks;
}

function isFilled(event: PlannedEvent, { ids }: Pick<EventFacts, 'ids'>, field: string): boolean {
  switch (field) {
    case 'amount':
    case 'currency':
      return saysSomething(event[field]?.value) || (event.amount === null && saysSomething(event.properties[field]));
    case 'time':
      return saysSomething(event.time);
    case 'userId':
      return ids.user !== null;
    default:
      return says(event.properties, field) || says(event.traits, field);
  }
}

function says(values: JsonObject, field: string): boolean {
  return Object.hasOwn(values, field) && saysSomething(values[field]);
}

function saysSomething(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
