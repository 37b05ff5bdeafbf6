import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../../services/platform/runtime/replace-file.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { renderReport } from '../report/render-report.ts';
import { tableReport, type TableEvidence } from '../report/table-report.ts';
import { makeGoldenRows } from './golden-table.ts';
import { memberNames } from './members.ts';
import { packNetworks } from './pack-networks.ts';
import { predictTable } from './predict-table.ts';
import { describeTableModel } from './table-card.ts';
import { tableFiles, tableFormat, type TableManifest } from './table-manifest.ts';
import type { TableModel } from './table-model.ts';
import type { TableRequest, TrainedTable } from './train-table.ts';

export interface TableLabel {
  /** Base name of the file trained on. */
  readonly source: string;
  /** Command line that makes the same artefact. */
  readonly command: string;
}

/**
 * Writes trees.json, weights.bin, golden.json, README.md, report.html and last manifest.json. A reader meets either no manifest or
 * one whose hashes fit.
 */
export async function writeTableArtefact(
  dir: string,
  trained: TrainedTable & { readonly model: TableModel },
  { label, request }: { readonly label: TableLabel; readonly request: TableRequest },
): Promise<TableManifest> {
  const { model } = trained;
  const { places, bytes: weights } = packNetworks(model);
  const golden = makeGoldenRows(model.columns);
  const probabilities = Array.from(predictTable(model, golden).probabilities);
  const files = {
    trees: toJson(memberNames.flatMap((name) => forestsOf(model, name))),
    weights,
    golden: toJson({ rows: golden.rows, probabilities }),
  };
  const hash = (name: keyof typeof files): string => nodeDigest.sha256HexOfBytes(files[name]);
  const hashes = { trees: hash('trees'), weights: hash('weights'), golden: hash('golden') };
  const manifest = makeManifest(trained, { request, label }, { networks: places, hashes });
  await mkdir(dir, { recursive: true });
  await rm(join(dir, tableFiles.manifest), { force: true });
  for (const name of ['trees', 'weights', 'golden'] as const)
    await replaceFile(join(dir, tableFiles[name]), files[name]);
  await replaceFile(
    join(dir, tableFiles.card),
    Buffer.from(describeTableModel(manifest, trained.findings, label.command)),
  );
  await replaceFile(join(dir, 'report.html'), await renderReport(tableReport(evidenceOf(trained, label, request))));
  await replaceFile(join(dir, tableFiles.manifest), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  return manifest;
}

function evidenceOf(trained: TrainedTable, { source }: TableLabel, { target }: TableRequest): TableEvidence {
  const { outOfFold, crossFitted, crossFittedProbabilities, findings } = trained;
  return {
    source,
    target,
    probabilities: [...(outOfFold?.probabilities ?? crossFittedProbabilities ?? [])],
    labels: Array.from(findings.labelled.labels, Boolean),
    figures: outOfFold?.overall ?? crossFitted!,
    isOutOfFold: outOfFold !== null,
    importance: trained.importance(),
  };
}

function forestsOf({ members }: TableModel, name: (typeof memberNames)[number]): object[] {
  const member = members[name];
  return member.kind === 'trees' ? [{ member: name, forests: member.forests }] : [];
}

function makeManifest(
  { findings, model, outOfFold, crossFitted }: TrainedTable & { readonly model: TableModel },
  { request, label }: { readonly label: TableLabel; readonly request: TableRequest },
  parts: Pick<TableManifest, 'networks' | 'hashes'>,
): TableManifest {
  const { labelled, leftOut, leaks, duplicates } = findings;
  const { labels, positive, unlabelled } = labelled;
  return {
    format: tableFormat,
    target: request.target,
    positive,
    id: request.id,
    columns: model.columns,
    leftOut,
    leaks,
    blend: model.blend,
    networks: parts.networks,
    trainedOn: {
      source: label.source,
      rows: labels.length,
      churned: labels.reduce((sum, one) => sum + one, 0),
      unlabelled,
      duplicates,
      seed: request.seed,
      backend: request.backend,
    },
    metrics: { outOfFold: outOfFold?.overall ?? null, foldAucs: outOfFold?.aucs ?? [], crossFitted: crossFitted! },
    hashes: parts.hashes,
  };
}

function toJson(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
