import { isoFromEpochDay } from '../../../services/core/events/epoch-day.ts';
import type { ModelManifest } from '../../../services/core/scoring/model-manifest.ts';
import { modelOutputs } from '../../../services/core/scoring/model-outputs.ts';
import { buildCutTables } from '../build-cut-tables.ts';
import { isActive } from '../cut-table.ts';
import { dataFileError } from '../data-file-error.ts';
import { keepRows } from '../keep-rows.ts';
import { fitLevelCutoffs } from '../level-cutoffs.ts';
import { makeGolden } from '../make-golden.ts';
import { medianInputs } from '../median-inputs.ts';
import type { ModelLabel } from '../model-label.ts';
import type { OrderHistory } from '../order-history.ts';
import { predictRows } from '../predict-rows.ts';
import type { TrainRequest } from '../train-request.ts';
import { describeAdapted } from './adapted-card.ts';
import { adaptModel, headsOf, type AdaptedModel } from './adapt-model.ts';
import type { DayOneModel } from './day-one-model.ts';
import { horizonDays } from './shop-rows.ts';
import { writeModelFiles, type ModelContent } from './write-model-files.ts';

export interface AdaptedLabel {
  readonly label: ModelLabel;
  readonly request: Pick<TrainRequest, 'until' | 'timezone' | 'currency' | 'backend'>;
  readonly minorPerMajor: number;
}

/**
 * Adapts the day-one model to a shop and writes it as a model directory like any other, ready to be served. The nets are
 * not trained, so that there is no figure of this shop in it.
 * @throws ERR_DATA_FILE when nobody has an order in the year before `until`
 */
export async function writeAdapted(
  dir: string,
  dayOne: DayOneModel,
  history: OrderHistory,
  { label, request, minorPerMajor }: AdaptedLabel,
): Promise<ModelContent['manifest']> {
  const { until } = request;
  const adapted = adaptModel(dayOne, history, { until, minorPerMajor });
  const { nets, coding, calibration } = adapted;
  const [now] = buildCutTables(history, [until], { minorPerMajor, horizonDays });
  const active = keepRows(now, isActive);
  if (active.rows.length === 0) throw dataFileError('Nobody bought in the year before --until; set --until to the day after the last order.'); // prettier-ignore
  const churn = predictRows(headsOf(adapted, active), calibration).map((prediction) => prediction.churn.p90);
  const manifest: ModelContent['manifest'] = {
    format: 2,
    name: label.name,
    version: label.version,
    createdAt: `${isoFromEpochDay(until)}T00:00:00.000Z`,
    horizonsDays: [30, 60, 90],
    inputs: coding.inputs,
    closedForm: coding.closedForm,
    baseline: medianInputs(now, coding),
    outputs: modelOutputs,
    levelCutoffs: fitLevelCutoffs(churn),
    currency: request.currency,
    trainedOn: describeShop(adapted, dayOne, history, { label, request, minorPerMajor }),
    metrics: {},
  };
  const golden = makeGolden({ nets, coding, now });
  await writeModelFiles(dir, { nets, golden, calibration, manifest, card: describeAdapted(manifest, label) });
  return manifest;
}

function describeShop(
  { shop, nets }: AdaptedModel,
  { name }: DayOneModel,
  { customers }: OrderHistory,
  { label, request }: AdaptedLabel,
): ModelManifest['trainedOn'] {
  return {
    from: name,
    source: label.source,
    until: isoFromEpochDay(request.until),
    timezone: request.timezone,
    orders: [...customers.values()].reduce((sum, own) => sum + own.length, 0),
    customers: customers.size,
    medianOrder: shop.medianOrder,
    rhythmDays: shop.rhythmDays,
    closedForm: shop.isOwn ? 'fitted' : 'typical',
    nets: nets.length,
    backend: request.backend,
  };
}
