import { io } from '@tensorflow/tfjs-core';
import { artefactFiles } from './artefact.ts';
import { buildNetwork } from './build-network.ts';
import type { NetworkWeights } from './network-weights.ts';

export interface SavedModel {
  /** Content of model.json. */
  readonly model: Buffer;
  /** Content of weights.bin. */
  readonly weights: Buffer;
}

/** The averaged nets as one layers model, in file contents; equal weights give equal bytes. */
export async function saveModel(nets: readonly NetworkWeights[]): Promise<SavedModel> {
  const network = buildNetwork(nets);
  const saved: SavedModel[] = [];
  try {
    await network.save(
      io.withSaveHandler((artifacts) => {
        saved.push(toFiles(artifacts));
        return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
      }),
    );
  } finally {
    network.dispose();
  }
  return saved[0];
}

function toFiles({ format, modelTopology, weightSpecs, weightData }: io.ModelArtifacts): SavedModel {
  const weightsManifest = [{ paths: [artefactFiles.weights], weights: weightSpecs ?? [] }];
  return {
    model: Buffer.from(`${JSON.stringify({ format, modelTopology, weightsManifest })}\n`),
    weights: Buffer.concat([weightData ?? []].flat().map((part) => Buffer.from(part))),
  };
}
