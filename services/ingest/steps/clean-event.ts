import { cleanFields } from '../../core/quality/clean-fields.ts';
import type { Change, Check, CleanedFields } from '../../core/quality/clean-fields.ts';
import type { CleanContext } from '../../core/quality/clean-context.ts';
import { cleanValue } from '../../core/quality/clean-value.ts';
import type { FoundProperty } from '../../core/plan/find-properties.ts';
import type { EpochMs } from '../../core/units.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { findCountry } from './find-country.ts';

export interface CleanedEvent {
  readonly event: PlannedEvent;
  /** Pointers are `/properties/…`, `/traits/…` and `/currency`. */
  readonly changes: readonly Change[];
  readonly checks: readonly Check[];
}

/**
 * Brings properties, traits and the currency into their normal forms. Ids of the event and of the customer are left as
 * they are: what they stand for must not change.
 * @param usualCountry of telephone numbers, where the event names none
 */
export function cleanEvent(event: PlannedEvent, usualCountry: string | null, now: EpochMs): CleanedEvent {
  let country: string | null | undefined;
  const context: CleanContext = {
    type: event.type,
    country: () => (country ??= findCountry(event.traits, event.properties) ?? usualCountry),
    now,
  };
  const properties = cleanFields(event.properties, '/properties', context);
  const traits = cleanFields(event.traits, '/traits', context);
  const currency = cleanCurrencyOf(event.currency, context);
  const changes = together(properties.changes, traits.changes, currency.changes);
  const checks = together(properties.checks, traits.checks, currency.checks);
  if (changes.length === 0) return { event, changes, checks };
  return {
    event: { ...event, properties: properties.values, traits: traits.values, currency: currency.values },
    changes,
    checks,
  };
}

function cleanCurrencyOf(currency: FoundProperty | null, context: CleanContext): CleanedFields<FoundProperty | null> {
  if (currency === null) return { values: null, changes: none, checks: none };
  const { value, rule, state } = cleanValue(currency.value, 'currency', context);
  return {
    values: rule === null ? currency : { ...currency, value },
    changes: rule === null ? none : [{ pointer: '/currency', rule, was: currency.value }],
    checks: state === null ? none : [{ kind: 'currency', state }],
  };
}

const none: readonly never[] = [];

/** Mostly one of them says anything at all. */
function together<T>(first: readonly T[], second: readonly T[], third: readonly T[]): readonly T[] {
  if (second.length === 0 && third.length === 0) return first;
  if (first.length === 0 && second.length === 0) return third;
  return [...first, ...second, ...third];
}
