import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import type { Prediction } from '../../services/core/scoring/prediction.ts';
import { predictNetworks } from '../../services/platform/tensorflow/predict-networks.ts';
import { isActive, type CutTable } from './cut-table.ts';
import { encodeTables } from './encode-tables.ts';
import { keepRows } from './keep-rows.ts';
import { featureImportance, type FeatureImportance } from './measures/feature-importance.ts';
import { stabilityIndex } from './measures/stability-index.ts';
import type { Drift, RunEvidence } from './run-evidence.ts';
import { seededBits } from './seeded-bits.ts';
import { silenceLogits } from './silence-logits.ts';
import { headsOf, type FittedNets } from './train-nets.ts';

export interface Rehearsal {
  readonly nets: FittedNets;
  /** What they were trained on. */
  readonly train: readonly CutTable[];
  /** The rows they are judged on. */
  readonly newest: CutTable;
  /** What they say of those, calibrated. */
  readonly predictions: readonly Prediction[];
}

const shuffleSeed = 1;

/** What a report shows of a rehearsal. Equal rehearsals on one backend give equal evidence. */
export function gatherEvidence(rehearsal: Rehearsal): RunEvidence {
  const { nets, newest, predictions } = rehearsal;
  const train = rehearsal.train.map((table) => keepRows(table, isActive));
  return {
    churn: predictions.map(({ churn }) => churn.p90),
    silent: newest.rows.map(({ outcome }) => outcome.silent[2]),
    expectedSpend: predictions.map(({ expectedSpend }) => expectedSpend.mean),
    spend: newest.rows.map(({ outcome }) => outcome.spend),
    importance: measureImportance(nets, newest),
    inputDrift: measureInputDrift(nets, train, newest),
    // A calibration keeps the order of scores, so it does not change their stability.
    scoreDrift: stabilityIndex(
      train.flatMap((table) => [...logitsOf(nets, table)]),
      logitsOf(nets, newest),
    ),
  };
}

function logitsOf(nets: FittedNets, table: CutTable): Float64Array {
  return silenceLogits(headsOf(nets, table));
}

function measureImportance({ nets, coding }: FittedNets, newest: CutTable): FeatureImportance[] {
  const { inputs } = coding;
  const { rows, inputs: encoded } = encodeTables([newest], coding);
  const columnsOf = (name: string | null): number[] =>
    inputs.flatMap(({ feature }, column) => (feature === name ? [column] : []));
  return featureImportance({
    names: [...new Set(inputs.map(({ feature }) => feature))],
    labels: newest.rows.map(({ outcome }) => outcome.silent[2]),
    bits: seededBits(shuffleSeed),
    score(name, from) {
      const shuffled = encoded.slice();
      for (const column of columnsOf(name)) {
        from.forEach((source, row) => {
          shuffled[row * inputs.length + column] = encoded[source * inputs.length + column];
        });
      }
      return [...silenceLogits(predictNetworks(nets, rows, shuffled))];
    },
  });
}

function measureInputDrift({ coding }: FittedNets, train: readonly CutTable[], newest: CutTable): Drift[] {
  const read = new Set(coding.inputs.map(({ feature }) => feature));
  const drifts = featureNames.flatMap((name, column) => {
    if (!read.has(name)) return [];
    const before = train.flatMap((table) => [...table.vectors.column(column)]);
    return [{ name, psi: stabilityIndex(before, newest.vectors.column(column)) }];
  });
  return drifts.sort((a, b) => b.psi - a.psi || (a.name < b.name ? -1 : 1));
}
