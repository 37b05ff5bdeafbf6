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
  // Families of signals stand last, so one copy says what all of them say of somebody without any.
  const loud = families.findLastIndex(({ isOfSignals }) => isOfSignals !== true) + 1;
  const quiet = quietValues(families.slice(loud));
  return (state, asOf, minorPerMajor, out) => {
    const isQuiet = hasNoSignals(state);
    signals.read(state, asOf);
    const frame = { asOf, minorPerMajor, signals };
    let at = 0;
    const written = isQuiet ? loud : families.length;
    for (let i = 0; i < written; i++) {
      families[i].write(state, frame, out, at);
      at += families[i].definitions.length;
    }
    if (isQuiet) out.set(quiet, at);
    if (state.revision >= newest) return;
    for (let i = 0; i < since.length; i++) if (state.revision < since[i]) out[i] = Number.NaN;
  };
}

function quietValues(families: readonly FeatureFamily[]): Float64Array {
  const frame = { asOf: 1, minorPerMajor: 1, signals: new SignalWindows() };
  const values = new Float64Array(families.reduce((sum, { definitions }) => sum + definitions.length, 0));
  let at = 0;
  for (const family of families) {
    family.write(emptyFeatures(), frame, values, at);
    at += family.definitions.length;
  }
  return values;
}

function hasNoSignals({ signalTiles, signalTotals, contractEnds }: FeatureState): boolean {
  return signalTiles.length === 0 && signalTotals.length === 0 && contractEnds.length === 0;
}
