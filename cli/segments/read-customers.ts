import { dataFileError } from '../../models/training/data-file-error.ts';
import { groupOrders } from '../../models/training/order-history.ts';
import { predictTable } from '../../models/segments/predict-table.ts';
import { buildSegmentTable } from '../../models/segments/segment-table.ts';
import type { SegmentedCustomers } from '../../models/segments/segmented-customers.ts';
import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import { createTenantValuers } from '../../services/core/value/tenant-valuers.ts';
import { modelDirectory } from '../../services/platform/runtime/model-directory.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';
import { loadModel } from '../../services/platform/tensorflow/load-model.ts';
import type { CliIo } from '../cli-io.ts';
import { readCurrency, readDay } from '../read-options.ts';
import { readOrderFile, type OrderFileOptions } from '../read-order-file.ts';

/** Options of every command that segments a file, as they were typed. */
export interface SegmentFileOptions extends OrderFileOptions {
  readonly cut: string;
  readonly segments?: string;
  readonly model?: string;
  readonly tenant: string;
}

/** The customers of an order file with what the features and the model say of them at the cut. */
export async function readCustomers(options: SegmentFileOptions, io: CliIo): Promise<SegmentedCustomers> {
  const cut = readDay('--cut', options.cut);
  const exponent = currencyExponent(readCurrency('--currency', options.currency)) ?? 2;
  const file = options.segments ?? io.env['TIDEWATCH_SEGMENTS_FILE'] ?? null;
  const plan = await readSegments(file, featureNames);
  const orders = await readOrderFile(options, (text) => void io.stderr.write(`${text}\n`));
  const history = groupOrders(orders, cut);
  if (history === null) throw dataFileError('No order lies before --cut; set a later day.');
  const table = buildSegmentTable(history, cut, minorPerMajor(exponent));
  const root = io.env['TIDEWATCH_MODEL_DIR'] ?? 'models/retention';
  const model = await loadModel(options.model ?? (await modelDirectory(root, undefined)));
  try {
    const valueOf = createTenantValuers(model.manifest, (tenant) => plan.settingsOf(tenant).value, featureNames);
    return { plan, tenant: options.tenant, table, predictions: predictTable(table, model), valueOf };
  } finally {
    model.dispose();
  }
}
