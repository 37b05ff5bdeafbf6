import type { EpochDay } from '../units.ts';
import type { FeatureState } from './customer-state.ts';
import { emptyFeatures } from './empty-state.ts';
import type { FeatureFamily } from './feature-definition.ts';
import { SignalWindows } from './signals/signal-windows.ts';

/**
 * Computes a feature vector: one number per definition, NaN where a feature is not defined for this customer. A window
 * of W days is [asOf - W, asOf).
 * @param asOf first business day not included; not before the block's own asOf, which the features already include
 * @param minorPerMajor minor units in one major unit of the reporting currency
 */
export type VectorWriter = (state: FeatureState, asOf: EpochDay, minorPerMajor: number, out: Float64Array) => void;

/** Writes the families one after the other; a feature is undefined on states begun before its `since` revision. */
export function createVectorWriter(families: readonly FeatureFamily[]): VectorWriter {
  const since = families.flatMap(({ definitions }) => definitions.map((definition) => definition.since ?? 1));
  const newest = Math.max(1, ...since);
  const signals = new SignalWindows();
  const quiet = families.map((family) => quietValues(family));
  return (state, asOf, minorPerMajor, out) => {
    const isQuiet = hasNoSignals(state);
    signals.read(state, asOf);
    const frame = { asOf, minorPerMajor, signals };
    let at = 0;
    for (let i = 0; i < families.length; i++) {
      const constants = isQuiet ? quiet[i] : null;
      if (constants !== null) out.set(constants, at);
      else families[i].write(state, frame, out, at);
      at += families[i].definitions.length;
    }
    if (state.revision >= newest) return;
    for (let i = 0; i < since.length; i++) if (state.revision < since[i]) out[i] = Number.NaN;
  };
}

/** What a family of signals says of somebody without any; null for the other families. */
function quietValues(family: FeatureFamily): Float64Array | null {
  if (family.isOfSignals !== true) return null;
  const values = new Float64Array(family.definitions.length);
  family.write(emptyFeatures(), { asOf: 1, minorPerMajor: 1, signals: new SignalWindows() }, values, 0);
  return values;
}

function hasNoSignals({ signalTiles, signalTotals, contractEnds }: FeatureState): boolean {
  return signalTiles.length === 0 && signalTotals.length === 0 && contractEnds.length === 0;
}
