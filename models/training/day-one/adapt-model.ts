import type { Calibration } from '../../../services/core/scoring/model-manifest.ts';
import type { EpochDay } from '../../../services/core/units.ts';
import type { NetworkWeights } from '../../../services/platform/tensorflow/network-weights.ts';
import { predictNetworks } from '../../../services/platform/tensorflow/predict-networks.ts';
import { predictClosedForm } from '../../backtest/predict-closed-form.ts';
import { buildCutTables } from '../build-cut-tables.ts';
import { isActive, type CutTable } from '../cut-table.ts';
import { encodeTables } from '../encode-tables.ts';
import { identityCalibration } from '../identity-calibration.ts';
import type { InputCoding } from '../input-coding.ts';
import { keepRows } from '../keep-rows.ts';
import type { OrderHistory } from '../order-history.ts';
import { calibrateForShop } from './calibrate-for-shop.ts';
import type { DayOneModel } from './day-one-model.ts';
import { fitShop, type FittedShop } from './fit-shop.ts';
import { moveMoney } from './move-money.ts';
import { scaleInputs } from './scale-inputs.ts';

/** The day-one model as one shop's own: money in major units, times in days, ready to score. */
export interface AdaptedModel {
  readonly nets: readonly NetworkWeights[];
  readonly coding: InputCoding;
  readonly calibration: Calibration;
  readonly shop: FittedShop;
}

export interface AdaptRequest {
  /** First day that is not looked at. */
  readonly until: EpochDay;
  readonly minorPerMajor: number;
}

const horizonDays = 90;

/**
 * Makes the day-one model a shop's own, in seconds: units, closed form and calibration are fitted on the orders before
 * `until`. The nets stay as they are. With a typical shop's closed form there is nothing to calibrate by.
 */
export function adaptModel(
  { nets, inputs, typical }: DayOneModel,
  history: OrderHistory,
  { until, minorPerMajor }: AdaptRequest,
): AdaptedModel {
  const shop = fitShop(history, { at: until, horizonDays, minorPerMajor }, typical);
  const { medianOrder, closedForm } = shop;
  const own = {
    nets: nets.map((net) => moveMoney(net, { spendMu: medianOrder, logSpend: medianOrder })),
    coding: { inputs: scaleInputs(inputs, shop), closedForm, spendUnit: medianOrder },
  };
  if (!shop.isOwn) return { ...own, shop, calibration: identityCalibration };
  const now = keepRows(buildCutTables(history, [until], { minorPerMajor, horizonDays })[0], isActive);
  const { active } = predictClosedForm(now.vectors.unpack(), closedForm, until - history.firstDay);
  return { ...own, shop, calibration: calibrateForShop(headsOf(own, now), active) };
}

/** Raw heads of all rows of a cut. */
export function headsOf({ nets, coding }: Pick<AdaptedModel, 'nets' | 'coding'>, table: CutTable): Float32Array {
  const { rows, inputs } = encodeTables([table], coding);
  return rows === 0 ? new Float32Array() : predictNetworks(nets, rows, inputs);
}
