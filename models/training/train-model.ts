import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import type { ModelInput } from '../../services/core/scoring/model-manifest.ts';
import type { EpochDay } from '../../services/core/units.ts';
import { useBackend } from '../../services/platform/tensorflow/backend.ts';
import type { NetworkWeights } from '../../services/platform/tensorflow/network-weights.ts';
import { predictNetworks } from '../../services/platform/tensorflow/predict-networks.ts';
import { buildCutTables } from './build-cut-tables.ts';
import { checkOutcomes } from './check-outcomes.ts';
import { isActive, type CutTable } from './cut-table.ts';
import { dataFileError } from './data-file-error.ts';
import { encodeTables } from './encode-tables.ts';
import { fitCalibration } from './fit-calibration.ts';
import { fitInputs } from './fit-inputs.ts';
import { fitLevelCutoffs } from './level-cutoffs.ts';
import { measureModel, type ModelFigures } from './measure-model.ts';
import type { Order } from './order.ts';
import { groupOrders } from './order-history.ts';
import { planTraining } from './plan-training.ts';
import { predictRows } from './predict-rows.ts';
import { trainEnsemble, type Ensemble } from './train-ensemble.ts';
import type { TrainRequest } from './train-request.ts';
import type { TrainedModel } from './trained-model.ts';

/**
 * Trains a retention model on orders before `until`, twice:
 * 1. The rehearsal stands one label window (90 days) earlier: trained on the cuts before, stopped and calibrated on the
 *    next, measured on the newest. It yields the figures and the number of epochs.
 * 2. The final nets repeat it one window later, for the epochs found; the newest cut calibrates them.
 * No label window of a training cut reaches past the cut that stops, calibrates or measures it. The same orders and
 * request give the same model, bit for bit.
 */
export async function trainModel(orders: readonly Order[], request: TrainRequest): Promise<TrainedModel> {
  const history = groupOrders(orders, request.until);
  if (history === null) throw dataFileError('No order lies before --until; set a later day.');
  const plan = planTraining(history, request.until);
  request.progress.say(`Folding the orders of ${history.customers.size} customers up to each cut`);
  const cuts = [...plan.train, plan.newest];
  const tables = buildCutTables(history, cuts, minorPerMajor(currencyExponent(request.currency) ?? 2));
  const at = (...days: readonly EpochDay[]): CutTable[] => tables.filter((table) => days.includes(table.cut));
  checkOutcomes(at(plan.rehearsalTune, plan.newest));
  await useBackend(request.backend);

  const newest = keepActive(at(plan.newest)[0]);
  const tune = keepActive(at(plan.rehearsalTune)[0]);
  const rehearsal = await rehearse(at(...plan.rehearsalTrain), tune, newest, request);
  const final = await finish(at(...plan.train), newest, rehearsal.ensemble.bestEpochs, request);
  return {
    ...final,
    bestEpochs: rehearsal.ensemble.bestEpochs,
    figures: rehearsal.figures,
    plan,
    customers: history.customers.size,
    orders: [...history.customers.values()].reduce((sum, own) => sum + own.length, 0),
    newest: at(plan.newest)[0],
  };
}

type Finished = Pick<TrainedModel, 'nets' | 'inputs' | 'calibration' | 'levelCutoffs' | 'trainingRows'>;

async function finish(
  train: readonly CutTable[],
  newest: CutTable,
  epochs: readonly number[],
  request: TrainRequest,
): Promise<Finished> {
  const inputs = fitInputs(train);
  const { nets } = await trainPhase({ name: 'final', train, inputs, stop: epochs }, request);
  const heads = headsOf(nets, newest, inputs);
  const calibration = fitCalibration(heads, newest.rows);
  const churn90 = predictRows(heads, calibration).map(({ churn }) => churn.p90);
  const trainingRows = train.reduce((sum, table) => sum + table.rows.length, 0);
  return { nets, inputs, calibration, levelCutoffs: fitLevelCutoffs(churn90), trainingRows };
}

interface Rehearsal {
  readonly ensemble: Ensemble;
  readonly figures: ModelFigures;
}

async function rehearse(
  train: readonly CutTable[],
  tune: CutTable,
  newest: CutTable,
  request: TrainRequest,
): Promise<Rehearsal> {
  const inputs = fitInputs(train);
  const ensemble = await trainPhase({ name: 'rehearsal', train, inputs, stop: tune }, request);
  const calibration = fitCalibration(headsOf(ensemble.nets, tune, inputs), tune.rows);
  const predictions = predictRows(headsOf(ensemble.nets, newest, inputs), calibration);
  return { ensemble, figures: measureModel(predictions, newest.rows, churnRate(train)) };
}

interface Phase {
  readonly name: string;
  readonly train: readonly CutTable[];
  readonly inputs: readonly ModelInput[];
  /** The cut that decides when each net is best, or the epochs to train each net for. */
  readonly stop: CutTable | readonly number[];
}

async function trainPhase({ name, train, inputs, stop }: Phase, request: TrainRequest): Promise<Ensemble> {
  const { seeds, seed, epochs, progress } = request;
  const hasCut = 'cut' in stop;
  progress.phaseBegins(name, hasCut ? seeds * epochs : stop.reduce((sum, count) => sum + count, 0));
  try {
    const stopOn = hasCut ? encodeTables([stop], inputs) : stop;
    return await trainEnsemble(encodeTables(train, inputs), stopOn, { seeds, seed, epochs, phase: name, progress });
  } finally {
    progress.phaseEnds();
  }
}

function headsOf(nets: readonly NetworkWeights[], table: CutTable, inputs: readonly ModelInput[]): Float32Array {
  const set = encodeTables([table], inputs);
  return predictNetworks(nets, set.rows, set.inputs);
}

function keepActive({ cut, rows, raw }: CutTable): CutTable {
  const width = raw.length / rows.length;
  const kept = rows.flatMap((row, i) => (isActive(row) ? [i] : []));
  const vectors = kept.flatMap((i) => [...raw.subarray(i * width, (i + 1) * width)]);
  return { cut, rows: kept.map((i) => rows[i]), raw: Float64Array.from(vectors) };
}

function churnRate(tables: readonly CutTable[]): number {
  const active = tables.flatMap((table) => table.rows.filter(isActive));
  return active.filter((row) => row.outcome.silent90).length / active.length;
}
