import { clusterTable, type Clustering } from '../../models/segments/cluster-table.ts';
import { buildSegmentTable } from '../../models/segments/segment-table.ts';
import { dataFileError } from '../../models/training/data-file-error.ts';
import { groupOrders } from '../../models/training/order-history.ts';
import { currencyExponent, minorPerMajor } from '../../services/core/events/money.ts';
import { replaceFile } from '../../services/platform/runtime/replace-file.ts';
import type { CliIo } from '../cli-io.ts';
import { csvLine } from '../csv-line.ts';
import { readCurrency, readDay, readWhole } from '../read-options.ts';
import { readOrderFile, type OrderFileOptions } from '../read-order-file.ts';

/** Options of `segments cluster` as they were typed. */
export interface ClusterOptions extends OrderFileOptions {
  readonly cut: string;
  readonly out: string;
  readonly clusters?: string;
  readonly seed: string;
}

/** `tidewatch segments cluster`: groups that the data show, as a column beside the configured schemes. */
export async function clusterCustomers(options: ClusterOptions, io: CliIo): Promise<void> {
  const cut = readDay('--cut', options.cut);
  const exponent = currencyExponent(readCurrency('--currency', options.currency)) ?? 2;
  const wanted = options.clusters === undefined ? null : readWhole('--clusters', options.clusters, [2, 20]);
  const seed = readWhole('--seed', options.seed, [0, 2 ** 31 - 1]);
  const orders = await readOrderFile(options, (text) => void io.stderr.write(`${text}\n`));
  const history = groupOrders(orders, cut);
  if (history === null) throw dataFileError('No order lies before --cut; set a later day.');
  const table = buildSegmentTable(history, cut, minorPerMajor(exponent));
  const clustering = clusterTable(table, wanted, seed);
  const lines = table.customers.map((customer, i) => {
    const { name, label } = clustering.clusters[clustering.places[i]];
    return csvLine([customer, name, label.en, label.zhCN]);
  });
  await replaceFile(options.out, [csvLine(['customer_id', 'cluster', 'label', 'label_zh']), ...lines].join(''));
  io.stdout.write(`${options.out}: ${lines.length} customers in ${clustering.clusters.length} groups\n`);
  io.stdout.write(describe(clustering));
}

function describe({ clusters, silhouettes }: Clustering): string {
  const tried = [...silhouettes].map(([k, value]) => `${k}: ${value.toFixed(3)}`).join(', ');
  const head = tried === '' ? '' : `mean silhouette by number of groups: ${tried}\n`;
  return head + clusters.map(({ name, customers, label }) => `${name}  ${customers}  ${label.en}\n`).join('');
}
