import { parseColumnMap } from '../../models/training/column-map.ts';
import { dataFileError } from '../../models/training/data-file-error.ts';
import { groupOrders } from '../../models/training/order-history.ts';
import { readOrders } from '../../models/training/read-orders.ts';
import { predictTable } from '../../models/segments/predict-table.ts';
import { buildSegmentTable } from '../../models/segments/segment-table.ts';
import type { SegmentedCustomers } from '../../models/segments/segmented-customers.ts';
import { createBusinessCalendar } from '../../services/core/events/business-day.ts';
import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { modelDirectory } from '../../services/platform/runtime/model-directory.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';
import { loadModel } from '../../services/platform/tensorflow/load-model.ts';
import type { CliIo } from '../cli-io.ts';
import { readCurrency, readDay, readTimezone } from '../read-options.ts';

/** Options of every command that segments a file, as they were typed. */
export interface SegmentFileOptions {
  readonly orders: string;
  readonly cut: string;
  readonly map: string;
  readonly timezone: string;
  readonly currency: string;
  readonly segments?: string;
  readonly model?: string;
  readonly tenant: string;
}

/** The customers of an order file with what the features and the model say of them at the cut. */
export async function readCustomers(options: SegmentFileOptions, io: CliIo): Promise<SegmentedCustomers> {
  const columns = parseColumnMap(options.map);
  const cut = readDay('--cut', options.cut);
  const timezone = readTimezone('--timezone', options.timezone);
  const exponent = currencyExponent(readCurrency('--currency', options.currency)) ?? 2;
  const file = options.segments ?? io.env['TIDEWATCH_SEGMENTS_FILE'] ?? null;
  const plan = await readSegments(file, featureNames);
  const calendar = createBusinessCalendar(timezone);
  io.stderr.write(`Reading ${options.orders}\n`);
  const { orders, skipped, firstProblem } = await readOrders(options.orders, { columns, calendar, exponent });
  if (skipped > 0) io.stderr.write(`Left out ${skipped} unreadable rows, the first being ${firstProblem}\n`);
  const history = groupOrders(orders, cut);
  if (history === null) throw dataFileError('No order lies before --cut; set a later day.');
  const table = buildSegmentTable(history, cut, minorPerMajor(exponent));
  const root = io.env['TIDEWATCH_MODEL_DIR'] ?? 'models/retention';
  const model = await loadModel(options.model ?? (await modelDirectory(root, undefined)));
  try {
    return { plan, tenant: options.tenant, table, predictions: predictTable(table, model) };
  } finally {
    model.dispose();
  }
}
