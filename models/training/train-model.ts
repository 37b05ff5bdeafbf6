import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import type { EpochDay } from '../../services/core/units.ts';
import { useBackend } from '../../services/platform/tensorflow/backend.ts';
import { buildCutTables } from './build-cut-tables.ts';
import { checkOutcomes } from './check-outcomes.ts';
import type { CutPlan } from './cut-plan.ts';
import { isActive, type CutTable } from './cut-table.ts';
import { dataFileError } from './data-file-error.ts';
import { gatherEvidence, type Rehearsal } from './gather-evidence.ts';
import { keepRows } from './keep-rows.ts';
import { fitLevelCutoffs } from './level-cutoffs.ts';
import { measureRehearsal } from './measure-rehearsal.ts';
import type { Order } from './order.ts';
import { groupOrders, type OrderHistory } from './order-history.ts';
import { planTraining } from './plan-training.ts';
import { predictRows } from './predict-rows.ts';
import { calibrateForSeason } from './season/calibrate-for-season.ts';
import { measureSeason } from './season/measure-season.ts';
import { measureNetShape } from './season/net-shape.ts';
import type { Season } from './season/season.ts';
import { yearAgoOf } from './season/year-ago.ts';
import { headsOf, trainNets } from './train-nets.ts';
import type { TrainRequest } from './train-request.ts';
import type { TrainedModel } from './trained-model.ts';

/** Nets that are watched to find the number of epochs. */
const probes = 2;

/**
 * Trains a retention model on orders before `until`, in three phases that follow one procedure, each a label window later
 * than the one before:
 * 1. The probe is watched on the cut `tune`, which tells how many epochs are best (not fewer than half of those asked for,
 *    which leave small shops' nets near their random start)
 *    and how far apart customers are to be pulled.
 * 2. The rehearsal is trained for so many epochs on the cuts before the newest one, calibrated for the newest cut's
 *    season, and measured on the newest cut. Nothing of it has seen an outcome there, so the figures can be believed.
 * 3. The final nets are trained on all cuts and calibrated for the season that begins at `until`.
 * The same orders and request give the same model, bit for bit.
 */
export async function trainModel(orders: readonly Order[], request: TrainRequest): Promise<TrainedModel> {
  const history = groupOrders(orders, request.until);
  if (history === null) throw dataFileError('No order lies before --until; set a later day.');
  const plan = planTraining(history, request.until, request.horizonDays);
  const rows = foldRows(history, plan, request);
  checkOutcomes([...rows.at(plan.tune), ...rows.at(plan.newest)]);
  await useBackend(request.backend);

  const [tune, newest, now] = [plan.tune, plan.newest, request.until].map((cut) => keepRows(rows.at(cut)[0], isActive));
  const probe = await trainNets({ name: 'probe', train: rows.at(...plan.probeTrain), stop: tune }, history, {
    ...request,
    seeds: Math.min(probes, request.seeds),
  });
  const epochs = Math.max(Math.round(mean(probe.bestEpochs)), Math.ceil(request.epochs / 2));
  const probed = measureNetShape(headsOf(probe, tune), tune, rows.season(tune.cut, rows.at(...plan.probeTrain)));

  const rehearsalTrain = rows.at(...plan.rehearsalTrain);
  const rehearsal = await trainNets({ name: 'rehearsal', train: rehearsalTrain, stop: epochs }, history, request);
  const judged = headsOf(rehearsal, newest);
  const rehearsed = rows.season(newest.cut, rehearsalTrain);
  const predictions = predictRows(judged, calibrateForSeason({ heads: judged, rows: newest.rows }, rehearsed, probed));
  const figures = measureRehearsal({ predictions, judged: newest, train: rehearsalTrain }, history, request);

  const train = rows.at(...plan.train);
  const final = await trainNets({ name: 'final', train, stop: epochs }, history, request);
  const season = rows.season(now.cut, train);
  const heads = headsOf(final, now);
  const calibration = calibrateForSeason({ heads, rows: now.rows }, season, measureNetShape(judged, newest, rehearsed));
  const churn = predictRows(heads, calibration).map((prediction) => prediction.churn.p90);
  return {
    nets: final.nets,
    coding: final.coding,
    epochs,
    calibration,
    season,
    levelCutoffs: fitLevelCutoffs(churn),
    figures,
    ...reportable({ nets: rehearsal, train: rehearsalTrain, newest, predictions }),
    plan,
    ...sizesOf(history, train),
    now: rows.at(request.until)[0],
  };
}

function reportable(rehearsal: Rehearsal): Pick<TrainedModel, 'judged' | 'predictions' | 'evidence'> {
  const { newest, predictions } = rehearsal;
  return { judged: newest, predictions, evidence: () => gatherEvidence(rehearsal) };
}

interface FoldedRows {
  /** Tables of the given cuts, ascending. */
  at(...cuts: readonly EpochDay[]): CutTable[];
  /** The season of `tune`, `newest` or `until`, measured against the training cuts; null where the history is too short for it. */
  season(cut: EpochDay, train: readonly CutTable[]): Season | null;
}

function foldRows(history: OrderHistory, { train, tune, newest }: CutPlan, request: TrainRequest): FoldedRows {
  const { firstDay } = history;
  const { until } = request;
  request.progress.say(`Folding the orders of ${history.customers.size} customers up to each cut`);
  const yearsAgo = [tune, newest, until].flatMap((cut) => yearAgoOf(cut, firstDay) ?? []);
  const all = [...new Set([...train, until, ...yearsAgo])].sort((a, b) => a - b);
  const options = {
    minorPerMajor: minorPerMajor(currencyExponent(request.currency) ?? 2),
    horizonDays: request.horizonDays,
  };
  const tables = buildCutTables(history, all, options);
  const at = (...wanted: readonly EpochDay[]): CutTable[] => tables.filter((table) => wanted.includes(table.cut));
  return {
    at,
    season: (cut, train) => {
      const yearAgo = yearAgoOf(cut, firstDay);
      return yearAgo === null ? null : measureSeason(at(yearAgo)[0], yearAgo - firstDay, train);
    },
  };
}

function sizesOf(
  { customers }: OrderHistory,
  train: readonly CutTable[],
): Pick<TrainedModel, 'trainingRows' | 'customers' | 'orders'> {
  return {
    trainingRows: train.reduce((sum, table) => sum + table.rows.length, 0),
    customers: customers.size,
    orders: [...customers.values()].reduce((sum, own) => sum + own.length, 0),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
