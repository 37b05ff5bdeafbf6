import type { Check } from '../../core/quality/clean-fields.ts';
import { wholeEvent } from '../../core/quality/quality-mark.ts';
import type { QualityMark } from '../../core/quality/quality-mark.ts';
import type { QualityTargets } from '../../core/quality/quality-targets.ts';
import type { EpochMs } from '../../core/units.ts';
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
  const marks: QualityMark[] = expected.map((field) => ({
    dimension: 'completeness',
    field,
    isGood: isFilled(event, facts, field),
  }));
  for (const { kind: field, state } of checks) {
    const isRight = state === 'same' || state === 'changed';
    marks.push({ dimension: 'accuracy', field, isGood: isRight });
    if (isRight) marks.push({ dimension: 'consistency', field, isGood: state === 'same' });
  }
  marks.push({ dimension: 'accuracy', field: wholeEvent.event, isGood: true });
  marks.push({ dimension: 'consistency', field: wholeEvent.event, isGood: true });
  marks.push({ dimension: 'consistency', field: wholeEvent.name, isGood: event.isMapped });
  // Without a stated time nobody knows how late an event is; an import is late on purpose.
  if (saysSomething(event.time) && !facts.historical) {
    const isGood = receivedAt - facts.occurredAt <= targets.timelyMs;
    marks.push({ dimension: 'timeliness', field: wholeEvent.event, isGood });
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
      return [event.properties, event.traits].some(
        (values) => Object.hasOwn(values, field) && saysSomething(values[field]),
      );
  }
}

function saysSomething(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
