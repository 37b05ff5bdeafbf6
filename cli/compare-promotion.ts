import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { judgeModel } from '../models/promotion/judge-model.ts';
import type { TrainedModel } from '../models/training/trained-model.ts';
import { EngineError } from '../services/core/errors.ts';
import { modelDirectory } from '../services/platform/runtime/model-directory.ts';
import { writePromotion, type Promotion } from '../services/platform/runtime/promotion-file.ts';
import type { BackendName } from '../services/platform/tensorflow/backend.ts';
import { readArtefact } from '../services/platform/tensorflow/read-artefact.ts';

/**
 * The model that services would take today: the one named, else the newest beside `out` that may serve. Null where there
 * is none. Read once, so that a broken one is told of before anything is trained.
 */
export async function findInService(out: string, named: string | undefined): Promise<string | null> {
  const dir = named ?? (await modelDirectory(dirname(out), undefined, basename(out)).catch(noneYet));
  if (dir !== null) await readArtefact(dir);
  return dir;
}

/**
 * Compares a trained model with the one in service and records the result in the directory it will be written to, before
 * anything else stands there: no reader ever meets the model without it.
 */
export async function comparePromotion(
  trained: TrainedModel,
  request: {
    readonly out: string;
    readonly inService: string | null;
    readonly backend: BackendName;
    readonly force: string | null;
  },
): Promise<Promotion | null> {
  const { out, inService: dir, backend, force } = request;
  if (dir === null) {
    await rm(join(out, 'promotion.json'), { force: true });
    return null;
  }
  const judged = await judgeModel(trained, { dir, backend });
  const promotion = judged.promoted || force === null ? judged : { ...judged, promoted: true, forced: force };
  await writePromotion(out, promotion);
  return promotion;
}

function noneYet(error: unknown): null {
  if (error instanceof EngineError && error.code === 'ERR_MODEL_MISSING') return null;
  throw error;
}
