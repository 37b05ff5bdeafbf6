import type { FeatureState } from '../customer-state.ts';
import type { FeatureDefinition, FeatureFamily } from '../feature-definition.ts';
import { horizonDays } from '../horizon.ts';
import type { SignalCounter } from './signal-counters.ts';
import { slotOf, type SignalWindows, type WindowDays } from './signal-windows.ts';

/** A feature of signals, with how it is computed. */
export interface SignalFeature extends FeatureDefinition {
  value(signals: SignalWindows, state: FeatureState): number;
}

/** How late events and duplicates count in every feature of signals. */
export const countedOnce = 'A late event counts on its own day, a duplicate never.';

/** First revision of the feature set that folds signals. */
const since = 2;

/** A feature that needs signals of its own. @param definition its description says what it is when empty */
export function signalFeature(
  definition: Omit<FeatureDefinition, 'since'>,
  value: SignalFeature['value'],
): SignalFeature {
  return { ...definition, description: `${definition.description} ${countedOnce}`, since, value };
}

/** Sum of a counter over a window. @param what plural, in words */
export function sumIn(name: string, counter: SignalCounter, days: WindowDays, what: string): SignalFeature {
  const description = `${what} in the ${days} days before asOf; 0 where there is none.`;
  const slot = slotOf(counter, days);
  return signalFeature({ name: `${name}_${days}`, unit: 'count', description }, (signals) => signals.sumAt(slot));
}

/** Time since a counter last counted. @param what singular, in words */
export function timeSince(name: string, counter: SignalCounter, what: string): SignalFeature {
  const description = `Days from the last ${what} to asOf, at least 1; undefined without one in the last ${horizonDays - 1} days.`;
  return signalFeature({ name, unit: 'days', description }, (signals) => signals.daysSince(counter));
}

/** Change of the sum of counters against the window before. @param what plural, in words */
export function changeIn(name: string, counters: readonly SignalCounter[], days: 30 | 90, what: string): SignalFeature {
  const description =
    `${what} in the ${days} days before asOf against the ${days} days before those: (new - old) / (new + old), ` +
    'from -1 (none any more) to 1 (none before); undefined where there are none in either.';
  const definition = { name: `${name}_${days}`, unit: 'ratio', description } as const;
  return signalFeature(definition, (signals) => signals.change(counters, days));
}

/** A family of features that are constant for customers without signals. */
export function signalFamily(title: string, reads: string, features: readonly SignalFeature[]): FeatureFamily {
  return {
    title,
    reads,
    definitions: features,
    isOfSignals: true,
    write(state, { signals }, out, at) {
      for (let i = 0; i < features.length; i++) out[at + i] = features[i].value(signals, state);
    },
  };
}
