import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../services/core/errors.ts';
import { isoFromEpochDay } from '../../services/core/events/epoch-day.ts';
import type { ModelManifest } from '../../services/core/scoring/model-manifest.ts';
import { replaceFile } from '../../services/platform/runtime/replace-file.ts';
import { artefactFiles } from '../../services/platform/tensorflow/artefact.ts';
import { saveModel } from '../../services/platform/tensorflow/save-model.ts';
import { renderReport } from '../report/render-report.ts';
import { retentionReport } from '../report/retention-report.ts';
import { makeGolden } from './make-golden.ts';
import { makeManifest } from './make-manifest.ts';
import { describeModel } from './model-card.ts';
import type { ModelLabel } from './model-label.ts';
import type { TrainRequest } from './train-request.ts';
import type { TrainedModel } from './trained-model.ts';

/**
 * Refuses a directory that already holds something: scores name a model by its version, so a version never changes
 * unless that is asked for.
 */
export async function assertFreeDirectory(dir: string, mayOverwrite: boolean): Promise<void> {
  const entries = await readdir(dir).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new EngineError('ERR_USAGE', `--out ${dir} is not a directory; give a directory.`, {
      retryable: false,
      cause: error,
    });
  });
  if (entries.length === 0 || mayOverwrite) return;
  throw new EngineError(
    'ERR_USAGE',
    `--out ${dir} is not empty; give the next version as a new directory, or add --overwrite.`,
    { retryable: false },
  );
}

/**
 * Writes model.json, weights.bin, golden.json, calibration.json, README.md, report.html and last manifest.json. A reader meets either no manifest or
 * one whose hashes fit, and refuses whatever lies between.
 */
export async function writeArtefact(
  dir: string,
  trained: TrainedModel,
  { label, request }: { readonly label: ModelLabel; readonly request: TrainRequest },
): Promise<ModelManifest> {
  const golden = Buffer.from(`${JSON.stringify(makeGolden(trained))}\n`);
  const calibration = Buffer.from(`${JSON.stringify(describeCalibration(trained), null, 2)}\n`);
  const bytes = { ...(await saveModel(trained.nets)), golden, calibration };
  const written = makeManifest(trained, label, request, bytes);
  const manifest: ModelManifest = { ...written, calibration: trained.calibration };
  const report = await renderReport(retentionReport(manifest, trained.evidence()));
  await mkdir(dir, { recursive: true });
  await rm(join(dir, artefactFiles.manifest), { force: true });
  await replaceFile(join(dir, artefactFiles.model), bytes.model);
  await replaceFile(join(dir, artefactFiles.weights), bytes.weights);
  await replaceFile(join(dir, artefactFiles.golden), golden);
  await replaceFile(join(dir, artefactFiles.calibration), calibration);
  await replaceFile(join(dir, 'README.md'), Buffer.from(describeModel(manifest, label)));
  await replaceFile(join(dir, 'report.html'), report);
  await replaceFile(join(dir, artefactFiles.manifest), Buffer.from(`${JSON.stringify(written, null, 2)}\n`));
  return manifest;
}

/** The calibration with what it was made from, for whoever fits the next one. */
function describeCalibration({ calibration, season }: TrainedModel): object {
  if (season === null || calibration.season === undefined) return calibration;
  return { ...calibration, season: { ...season, yearAgo: isoFromEpochDay(season.yearAgo), ...calibration.season } };
}
