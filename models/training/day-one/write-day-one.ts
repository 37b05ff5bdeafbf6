import { isoFromEpochDay } from '../../../services/core/events/epoch-day.ts';
import { noCurrency } from '../../../services/core/scoring/is-for-any-shop.ts';
import type { ModelManifest } from '../../../services/core/scoring/model-manifest.ts';
import { modelOutputs } from '../../../services/core/scoring/model-outputs.ts';
import { fitLevelCutoffs } from '../level-cutoffs.ts';
import { identityCalibration } from '../identity-calibration.ts';
import { makeGolden } from '../make-golden.ts';
import type { ModelLabel } from '../model-label.ts';
import { predictRows } from '../predict-rows.ts';
import { headsOf } from './adapt-model.ts';
import { describeDayOne } from './day-one-card.ts';
import type { DayOneRequest } from './day-one-request.ts';
import { horizonDays } from './shop-rows.ts';
import type { TrainedDayOne } from './train-day-one.ts';
import { writeModelFiles, type ModelContent } from './write-model-files.ts';

/** Writes the directory of a model that knows no shop: its currency is none, its closed form a typical shop's. */
export async function writeDayOne(
  dir: string,
  trained: TrainedDayOne,
  { label, request }: { readonly label: ModelLabel; readonly request: DayOneRequest },
): Promise<ModelContent['manifest']> {
  const { nets, inputs, typical } = trained.model;
  const closedForm = { horizonDays, parameters: typical.parameters };
  const now = trained.example.table;
  const coding = { inputs, closedForm, spendUnit: 1 };
  const predictions = predictRows(headsOf({ nets, coding }, now), identityCalibration);
  const manifest: ModelContent['manifest'] = {
    format: 2,
    name: label.name,
    version: label.version,
    createdAt: `${isoFromEpochDay(request.until)}T00:00:00.000Z`,
    horizonsDays: [30, 60, 90],
    inputs,
    closedForm,
    outputs: modelOutputs,
    levelCutoffs: fitLevelCutoffs(predictions.map(({ churn }) => churn.p90)),
    currency: noCurrency,
    trainedOn: describeTraining(trained, label, request),
    metrics: figuresOf(trained),
  };
  const golden = makeGolden({ nets, coding, now });
  const card = describeDayOne(trained, manifest, label);
  await writeModelFiles(dir, { nets, golden, calibration: identityCalibration, manifest, card });
  return manifest;
}

function describeTraining(
  { rows, realRows, shopCuts, model }: TrainedDayOne,
  { source }: ModelLabel,
  request: DayOneRequest,
): ModelManifest['trainedOn'] {
  return {
    source,
    until: isoFromEpochDay(request.until),
    simulatedShops: request.shops,
    shopCuts,
    trainingRows: rows,
    realRows,
    rhythmDays: model.typical.rhythmDays,
    nets: model.nets.length,
    seed: request.seed,
    epochs: request.epochs,
    backend: request.backend,
  };
}

function figuresOf({ judgement }: TrainedDayOne): ModelManifest['metrics'] {
  const { shops, customers, ours, difference } = judgement;
  const all = (['auc', 'brier', 'spendGini', 'spendMae'] as const).flatMap((name) => [
    [name, ours[name].value] as const,
    [`${name}AboveBgNbd`, difference[name].value] as const,
    [`${name}AboveBgNbdLow`, difference[name].low] as const,
    [`${name}AboveBgNbdHigh`, difference[name].high] as const,
  ]);
  return { shops, customers, ...Object.fromEntries(all) };
}
