import { groupOrders } from '../models/training/order-history.ts';
import { minTrainingDays } from '../models/training/cut-plan.ts';
import { dataFileError } from '../models/training/data-file-error.ts';
import { readDayOneModel } from '../models/training/day-one/day-one-model.ts';
import type { DayOneModel } from '../models/training/day-one/day-one-model.ts';
import { writeAdapted } from '../models/training/day-one/write-adapted.ts';
import type { ModelLabel } from '../models/training/model-label.ts';
import type { Order } from '../models/training/order.ts';
import type { TrainRequest } from '../models/training/train-request.ts';
import { currencyExponent, minorPerMajor } from '../services/core/events/money.ts';
import type { BackendName } from '../services/platform/tensorflow/backend.ts';
import { usageError } from './usage-error.ts';

/** The model that `--from` names. */
export async function readStart(dir: string, backend: BackendName): Promise<DayOneModel> {
  const dayOne = await readDayOneModel(dir, backend);
  if (dayOne !== null) return dayOne;
  throw usageError(
    `--from ${dir} is the model of one shop; give one that was made for no shop, such as models/day-one/1.`,
  );
}

/**
 * Where the history is too short to train on, writes the model that training would have begun with, adapted to the shop.
 * @returns what to print; null when the history is long enough to train
 */
export async function adaptToShortHistory(
  out: string,
  orders: readonly Order[],
  { label, request }: { readonly label: ModelLabel; readonly request: TrainRequest },
): Promise<string | null> {
  const { from, until, horizonDays, currency } = request;
  if (from === undefined) return null;
  const history = groupOrders(orders, until);
  if (history === null) throw dataFileError('No order lies before --until; set a later day.');
  const days = until - history.firstDay;
  if (days >= minTrainingDays(horizonDays)) return null;
  const perMajor = minorPerMajor(currencyExponent(currency) ?? 2);
  const { trainedOn } = await writeAdapted(out, from, history, { label, request, minorPerMajor: perMajor });
  return (
    `Model ${label.name}/${label.version} written to ${out}: ${from.name} adapted to ${days} days of history, of ` +
    `${minTrainingDays(horizonDays)} that training needs (median order ${trainedOn['medianOrder']}, rhythm ${trainedOn['rhythmDays']} days)\n`
  );
}
