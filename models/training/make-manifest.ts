import { isoFromEpochDay } from '../../services/core/events/epoch-day.ts';
import { hashInputs } from '../../services/core/scoring/inputs-hash.ts';
import type { ModelManifest } from '../../services/core/scoring/model-manifest.ts';
import { modelOutputs } from '../../services/core/scoring/model-outputs.ts';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { medianInputs } from './median-inputs.ts';
import type { ModelLabel } from './model-label.ts';
import type { TrainRequest } from './train-request.ts';
import type { TrainedModel } from './trained-model.ts';

export interface ArtefactBytes {
  readonly model: Buffer;
  readonly weights: Buffer;
  readonly golden: Buffer;
  readonly calibration: Buffer;
}

/** Contract of a new model. `createdAt` is the end of its data, not the clock: equal commands make equal bytes. */
export function makeManifest(
  trained: TrainedModel,
  label: ModelLabel,
  request: TrainRequest,
  bytes: ArtefactBytes,
): Omit<ModelManifest, 'calibration'> {
  return {
    format: 2,
    name: label.name,
    version: label.version,
    createdAt: `${isoFromEpochDay(request.until)}T00:00:00.000Z`,
    horizonsDays: [30, 60, 90],
    inputs: trained.coding.inputs,
    closedForm: trained.coding.closedForm,
    baseline: medianInputs(trained.now, trained.coding),
    outputs: modelOutputs,
    levelCutoffs: trained.levelCutoffs,
    currency: request.currency,
    trainedOn: describeData(trained, label, request),
    metrics: trained.figures,
    hashes: {
      inputs: hashInputs(trained.coding, nodeDigest),
      model: nodeDigest.sha256HexOfBytes(bytes.model),
      weights: nodeDigest.sha256HexOfBytes(bytes.weights),
      golden: nodeDigest.sha256HexOfBytes(bytes.golden),
      calibration: nodeDigest.sha256HexOfBytes(bytes.calibration),
    },
  };
}

function describeData(trained: TrainedModel, label: ModelLabel, request: TrainRequest): ModelManifest['trainedOn'] {
  const { train, newest } = trained.plan;
  return {
    source: label.source,
    until: isoFromEpochDay(request.until),
    timezone: request.timezone,
    orders: trained.orders,
    customers: trained.customers,
    trainingRows: trained.trainingRows,
    trainingCuts: train.length,
    firstCut: isoFromEpochDay(Math.min(...train)),
    lastCut: isoFromEpochDay(Math.max(...train)),
    measuredAt: isoFromEpochDay(newest),
    season: trained.season === null ? 'mean' : isoFromEpochDay(trained.season.yearAgo),
    nets: request.seeds,
    seed: request.seed,
    epochs: trained.epochs,
    backend: request.backend,
  };
}
