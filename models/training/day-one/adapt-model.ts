import type { Calibration } from '../../../services/core/scoring/model-manifest.ts';
import type { EpochDay } from '../../../services/core/units.ts';
import type { NetworkWeights } from '../../../services/platform/tensorflow/network-weights.ts';
import { predictNetworks } from '../../../services/platform/tensorflow/predict-networks.ts';
import { buildCutTables } from '../build-cut-tables.ts';
import { isActive, type CutTable } from '../cut-table.ts';
import { encodeTables } from '../encode-tables.ts';
import { keepRows } from '../keep-rows.ts';
import type { InputCoding } from '../input-coding.ts';
import type { OrderHistory } from '../order-history.ts';
import { calibrateForShop, type PastWindow } from './calibrate-for-shop.ts';
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
  /** Complete label windows that the calibration has seen. */
  readonly windows: number;
}

export interface AdaptRequest {
  /** First day that is not looked at. */
  readonly until: EpochDay;
  readonly minorPerMajor: number;
}

const horizonDays = 90;
/** Between the cuts whose complete windows calibrate; and how much history they need, and how many there are at most. */
const windowPlan = { stepDays: 30, minHistoryDays: 45, most: 4 } as const;

/**
 * Makes the day-one model a shop's own, in seconds: units and closed form are fitted on the orders before `until`, and the
 * calibration on the shop's complete label windows before it, where there are any. The nets stay as they are.
 */
export function adaptModel(dayOne: DayOneModel, history: OrderHistory, request: AdaptRequest): AdaptedModel {
  const windows = pastWindows(dayOne, history, request);
  const { shop, nets, coding } = fitTo(dayOne, history, request.until, request.minorPerMajor);
  return { nets, coding, shop, calibration: calibrateForShop(windows), windows: windows.length };
}

function fitTo(
  { nets, inputs, typical }: DayOneModel,
  history: OrderHistory,
  at: EpochDay,
  minorPerMajor: number,
): Pick<AdaptedModel, 'nets' | 'coding' | 'shop'> {
  const shop = fitShop(history, { at, horizonDays, minorPerMajor }, typical);
  const { medianOrder, closedForm } = shop;
  return {
    shop,
    nets: nets.map((net) => moveMoney(net, { spendMu: medianOrder, logSpend: medianOrder })),
    coding: { inputs: scaleInputs(inputs, shop), closedForm, spendUnit: medianOrder },
  };
}

/** What the model, adapted as it would have been then, said of past windows, and what happened in them. */
function pastWindows(dayOne: DayOneModel, history: OrderHistory, { until, minorPerMajor }: AdaptRequest): PastWindow[] {
  const cuts: EpochDay[] = [];
  for (let i = 0; i < windowPlan.most; i++) {
    const cut = until - horizonDays - i * windowPlan.stepDays;
    if (cut >= history.firstDay + windowPlan.minHistoryDays) cuts.push(cut);
  }
  return buildCutTables(history, cuts.reverse(), { minorPerMajor, horizonDays }).flatMap((all) => {
    const table = keepRows(all, isActive);
    if (table.rows.length === 0) return [];
    const then = fitTo(dayOne, history, table.cut, minorPerMajor);
    return [{ heads: headsOf(then, table), rows: table.rows }];
  });
}

/** Raw heads of all rows of a cut. */
export function headsOf({ nets, coding }: Pick<AdaptedModel, 'nets' | 'coding'>, table: CutTable): Float32Array {
  const { rows, inputs } = encodeTables([table], coding);
  return predictNetworks(nets, rows, inputs);
}
