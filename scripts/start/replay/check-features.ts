import { epochDayFromIso } from '../../../services/core/events/epoch-day.ts';
import { currencyExponent, minorPerMajor } from '../../../services/core/events/money.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { featureNames, writeFeatures } from '../../../services/core/features/feature-catalogue.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import { surrogateId } from '../../../services/core/identity/surrogate-id.ts';
import type { StateStore, StoredState } from '../../../services/core/ports/state-store.ts';
import type { EpochDay } from '../../../services/core/units.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import type { Tenant } from '../../../services/platform/runtime/installation.ts';
import type { ColumnCheck } from '../report/books.ts';
import { createFeatureComparison } from './compare-features.ts';
import { readCsv, type CsvRow } from './read-csv.ts';

export interface CheckFeaturesOptions {
  readonly store: StateStore;
  readonly tenant: Tenant;
  readonly reference: { readonly file: string; readonly asOf: string };
}

const batchSize = 500;

/**
 * Compares the features served from the stored states with the batch reference, customer by customer. The reference day
 * may lie after a state's own: nothing happened in between.
 */
export async function checkFeatures(options: CheckFeaturesOptions): Promise<Readonly<Record<string, ColumnCheck>>> {
  const asOf = epochDayFromIso(options.reference.asOf);
  const comparison = createFeatureComparison();
  const perMajor = minorPerMajor(currencyExponent(options.tenant.currency) ?? 2);
  let batch: CsvRow[] = [];
  const flush = async (): Promise<void> => {
    const states = await loadStates(batch, options);
    batch.forEach((row, index) => comparison.add(row, vectorOf(states[index] ?? null, asOf, perMajor)));
    batch = [];
  };
  for await (const row of readCsv(options.reference.file, ['CustomerID'])) {
    batch.push(row);
    if (batch.length === batchSize) await flush();
  }
  await flush();
  return comparison.columns();
}

async function loadStates(rows: readonly CsvRow[], options: CheckFeaturesOptions) {
  const { id: tenant, pseudonymKey } = options.tenant;
  const keys = rows.map((row) => ({
    tenant,
    surrogate: surrogateId(nodeDigest, pseudonymKey, 'user', row['CustomerID']),
  }));
  return await options.store.load(keys);
}

function vectorOf(stored: StoredState | null, asOf: EpochDay, perMajor: number): Float64Array | null {
  if (stored === null) return null;
  const state = decodeState(stored.bytes, stored.version);
  const vector = new Float64Array(featureNames.length);
  writeFeatures(ownBlock(state).features, asOf, perMajor, vector);
  return vector;
}
