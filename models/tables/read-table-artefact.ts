import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../services/core/errors.ts';
import { useBackend, type BackendName } from '../../services/platform/tensorflow/backend.ts';
import { modelMismatch } from '../../services/platform/tensorflow/model-mismatch.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import type { Forest } from './boosting/predict-trees.ts';
import { goldenTolerance, type GoldenTable } from './golden-table.ts';
import { memberNames, type MemberName } from './members.ts';
import { unpackNetworks } from './pack-networks.ts';
import { predictTable } from './predict-table.ts';
import { tableFiles, tableFormat, type TableManifest } from './table-manifest.ts';
import type { FittedMember, TableModel } from './table-model.ts';

export interface LoadedTableModel {
  readonly manifest: TableManifest;
  readonly model: TableModel;
}

/**
 * Reads the directory of a table model, starts the backend and checks hashes and golden rows.
 * @throws ERR_MODEL_MISSING, ERR_MODEL_MISMATCH naming the part that does not fit
 */
export async function readTableArtefact(dir: string, backend: BackendName): Promise<LoadedTableModel> {
  const manifest = parseJson(dir, tableFiles.manifest, await readPart(dir, tableFiles.manifest)) as TableManifest;
  if ((manifest as { format?: unknown } | null)?.format !== tableFormat) {
    throw modelMismatch(dir, `manifest.json is not of the format ${tableFormat}, so it is no model of a table`);
  }
  const trees = parseJson(dir, tableFiles.trees, await readHashed(dir, 'trees', manifest));
  const golden = parseJson(dir, tableFiles.golden, await readHashed(dir, 'golden', manifest)) as GoldenTable;
  const networks = unpackNetworks(manifest.networks, await readHashed(dir, 'weights', manifest));
  if (networks === null) throw modelMismatch(dir, 'weights.bin is not as long as the manifest says');
  const fitted = new Map<MemberName, FittedMember>([
    ...(trees as { member: MemberName; forests: Forest[] }[]).map(({ member, forests }) => [member, { kind: 'trees', forests }] as const), // prettier-ignore
    ...manifest.networks.map(({ member }, i) => [member, { kind: 'net', nets: networks[i] }] as const),
  ]);
  const lacking = memberNames.find((name) => !fitted.has(name));
  if (lacking !== undefined) throw modelMismatch(dir, `it lacks the member "${lacking}"`);
  const members = Object.fromEntries(fitted) as Record<MemberName, FittedMember>;
  const model = { columns: manifest.columns, blend: manifest.blend, members };
  await useBackend(backend);
  checkGolden(dir, model, golden);
  return { manifest, model };
}

function checkGolden(dir: string, model: TableModel, { rows, probabilities }: GoldenTable): void {
  const said = predictTable(model, { header: model.columns.map(({ name }) => name), rows }).probabilities;
  const row = probabilities.findIndex((p, i) => !(Math.abs(p - said[i]) <= goldenTolerance));
  if (row >= 0) throw modelMismatch(dir, `golden row ${row + 1} gives ${said[row]}, not ${probabilities[row]}`);
}

async function readPart(dir: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(dir, file));
  } catch (cause) {
    const message = `The model directory ${dir} has no readable ${file}; give a directory that "tidewatch train --table" wrote.`;
    throw new EngineError('ERR_MODEL_MISSING', message, { retryable: false, context: { dir, file }, cause });
  }
}

async function readHashed(dir: string, part: keyof TableManifest['hashes'], manifest: TableManifest): Promise<Buffer> {
  const bytes = await readPart(dir, tableFiles[part]);
  if (nodeDigest.sha256HexOfBytes(bytes) === manifest.hashes[part]) return bytes;
  throw modelMismatch(dir, `${tableFiles[part]} is not the file the manifest was made with (its hash differs)`);
}

function parseJson(dir: string, file: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw modelMismatch(dir, `${file} is not complete JSON`, cause);
  }
}
