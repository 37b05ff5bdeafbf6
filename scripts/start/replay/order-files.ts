import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../../services/core/errors.ts';

export interface OrderFiles {
  /** In the order of their names, which is the order of time. */
  readonly orders: readonly string[];
  /** Batch features to compare with, and the day they are of; null where the folder has none. */
  readonly reference: { readonly file: string; readonly asOf: string } | null;
}

const orderPattern = /^orders_.*\.csv(?:\.gz)?$/;
const referencePattern = /^reference_features_(\d{4}-\d{2}-\d{2})\.csv(?:\.gz)?$/;

/** Finds what a replay needs in a folder; ERR_DATA_FILE names what was looked for. */
export async function findOrderFiles(directory: string): Promise<OrderFiles> {
  const names = await readdir(directory).catch((cause: unknown) => {
    throw missing(`the folder ${directory} cannot be read`, cause);
  });
  const sorted = names.sort();
  const orders = sorted.filter((name) => orderPattern.test(name)).map((name) => join(directory, name));
  if (orders.length === 0) throw missing(`${directory} holds no orders_*.csv.gz`);
  const name = sorted.findLast((each) => referencePattern.test(each));
  const reference = name === undefined ? null : { file: join(directory, name), asOf: referencePattern.exec(name)![1] };
  return { orders, reference };
}

function missing(what: string, cause?: unknown): EngineError {
  const message =
    `Nothing to replay: ${what}. A replay reads orders_*.csv.gz (or .csv) with the columns ts, CustomerID, Invoice, ` +
    'cancel and amount, and compares with reference_features_YYYY-MM-DD.csv.gz where there is one.';
  return new EngineError('ERR_DATA_FILE', message, { retryable: false, cause });
}
