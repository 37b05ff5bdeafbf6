import { setImmediate } from 'node:timers/promises';
import { createRandom } from '../../../simulator/random.ts';
import type { EpochDay } from '../../../services/core/units.ts';
import { predictClosedForm } from '../../backtest/predict-closed-form.ts';
import { buildCutTables } from '../build-cut-tables.ts';
import { isActive } from '../cut-table.ts';
import { fitClosedForm } from '../fit-closed-form.ts';
import { keepRows } from '../keep-rows.ts';
import { measureForecast, type ForecastMeasures } from '../measures/measure-forecast.ts';
import { pairedBootstrap, type Interval } from '../measures/paired-bootstrap.ts';
import { groupOrders, type OrderHistory } from '../order-history.ts';
import { predictRows } from '../predict-rows.ts';
import { adaptModel, headsOf } from './adapt-model.ts';
import type { DayOneModel } from './day-one-model.ts';
import { drawShopTraits } from './shop-traits.ts';
import { horizonDays } from './shop-rows.ts';
import { simulateShop } from './simulate-shop.ts';

/** The adapted model and a BG/NBD with Gamma-Gamma spend on shops that neither has seen; spend in median orders. */
export interface ShopJudgement {
  /** Shops on which a BG/NBD could be fitted and both outcomes came about. */
  readonly shops: number;
  readonly customers: number;
  /** Means over the shops. */
  readonly ours: Readonly<Record<keyof ForecastMeasures, Interval>>;
  readonly difference: Readonly<Record<keyof ForecastMeasures, Interval>>;
  /** Shops where BG/NBD had the better AUC. */
  readonly worse: number;
}

interface JudgedShop {
  readonly customers: number;
  readonly ours: ForecastMeasures;
  readonly closedForm: ForecastMeasures;
}

const youngestDays = 45;
const minorPerMajor = 100;
const measures = ['auc', 'brier', 'spendGini', 'spendMae'] as const satisfies (keyof ForecastMeasures)[];

/** Judges on simulated shops at one age each; intervals are over shops. */
export async function judgeOnShops(
  dayOne: DayOneModel,
  { seed, shops, onShop }: { readonly seed: number; readonly shops: number; readonly onShop: () => void },
): Promise<ShopJudgement> {
  const judged: JudgedShop[] = [];
  for (let shop = seed; shop < seed + shops; shop++) {
    const random = createRandom(shop, 'traits');
    const traits = drawShopTraits(random);
    const history = groupOrders(simulateShop(traits, shop).orders, traits.days);
    const cut = random.integer(youngestDays, traits.days - horizonDays);
    const one = history === null ? null : judgeShop(dayOne, history, cut);
    if (one !== null) judged.push(one);
    onShop();
    await setImmediate();
  }
  const meanOf = (units: Int32Array, value: (shop: JudgedShop, name: keyof ForecastMeasures) => number) =>
    Object.fromEntries(
      measures.map((name) => [name, units.reduce((sum, i) => sum + value(judged[i], name), 0) / units.length]),
    ) as Record<keyof ForecastMeasures, number>;
  return {
    shops: judged.length,
    customers: judged.reduce((sum, { customers }) => sum + customers, 0),
    ours: pairedBootstrap(judged.length, (units) => meanOf(units, (shop, name) => shop.ours[name])),
    difference: pairedBootstrap(judged.length, (units) =>
      meanOf(units, (shop, name) => shop.ours[name] - shop.closedForm[name]),
    ),
    worse: judged.filter(({ ours, closedForm }) => ours.auc < closedForm.auc).length,
  };
}

function judgeShop(dayOne: DayOneModel, history: OrderHistory, cut: EpochDay): JudgedShop | null {
  const closedForm = fitClosedForm(history, 'bg-nbd', { at: cut, horizonDays, minorPerMajor });
  if (closedForm === null) return null;
  const table = keepRows(buildCutTables(history, [cut], { minorPerMajor, horizonDays })[0], isActive);
  const silent = table.rows.map(({ outcome }) => outcome.silent[2]);
  if (silent.every(Boolean) || !silent.some(Boolean)) return null;
  const adapted = adaptModel(dayOne, history, { until: cut, minorPerMajor });
  const unit = adapted.shop.medianOrder;
  const predictions = predictRows(headsOf(adapted, table), adapted.calibration);
  const rival = predictClosedForm(table.vectors.unpack(), closedForm, cut - history.firstDay);
  const real = { silent, spend: table.rows.map(({ outcome }) => outcome.spend / unit) };
  const ours = {
    churn: predictions.map(({ churn }) => churn.p90),
    spend: predictions.map(({ expectedSpend }) => expectedSpend.mean / unit),
  };
  const theirs = { churn: [...rival.active].map((p) => 1 - p), spend: [...rival.spend].map((spend) => spend / unit) };
  return { customers: silent.length, ours: measureForecast(ours, real), closedForm: measureForecast(theirs, real) };
}
