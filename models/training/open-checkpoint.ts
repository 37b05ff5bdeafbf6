import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeDigest } from '../../services/platform/crypto/node-digest.ts';
import { replaceFile } from '../../services/platform/runtime/replace-file.ts';
import type { TrainedNetwork } from '../../services/platform/tensorflow/train-network.ts';
import type { NetCheckpoint } from './net-checkpoint.ts';

/** The folder beside a model that is being trained; gone when the model stands. */
export interface TrainingCheckpoint extends NetCheckpoint {
  /** Whether a run was killed while it wrote the model: what stands in the model's directory is its own. */
  isWriting(): boolean;
  beginWriting(): Promise<void>;
  finish(): Promise<void>;
}

const format = 1;

interface KeptNet {
  readonly format: number;
  readonly key: string;
  readonly bestEpoch: number;
  readonly layers: readonly { readonly inputs: number; readonly units: number; readonly weights: string }[];
}

/**
 * @param modelDir directory the model is to stand in; the checkpoint lies beside it
 * @param say where it tells what is taken up again, and what is not
 */
export function openCheckpoint(modelDir: string, say: (text: string) => void): TrainingCheckpoint {
  const dir = `${modelDir}.checkpoint`;
  const marker = join(dir, 'writing');
  let isToldOther = false;
  const ignore = (why: string): null => {
    if (!isToldOther) say(`The checkpoint ${dir} ${why}, so it is not used.`);
    isToldOther = true;
    return null;
  };
  return {
    async load(place, key) {
      const text = await readFile(join(dir, `${place}.json`), 'utf8').catch(() => null);
      if (text === null) return null;
      const kept = parseKept(text);
      if (kept === null) return ignore('cannot be read');
      if (kept.key !== key) return ignore('is of other orders or options');
      say(`Took ${place} from the checkpoint`);
      return toNet(kept);
    },
    save: (place, key, net) => replaceFile(join(dir, `${place}.json`), `${JSON.stringify(toKept(key, net))}\n`),
    isWriting: () => existsSync(marker),
    beginWriting: () => replaceFile(marker, ''),
    finish: () => rm(dir, { recursive: true, force: true }),
  };
}

function parseKept(text: string): KeptNet | null {
  try {
    const [hash = '', body = ''] = (JSON.parse(text) as string[]) ?? [];
    return nodeDigest.sha256Hex(body) === hash ? checkFormat(JSON.parse(body) as KeptNet) : null;
  } catch {
    return null;
  }
}

function checkFormat(kept: KeptNet): KeptNet | null {
  return kept.format === format ? kept : null;
}

/** The body with its hash: a file that was cut or changed is not taken for a net. */
function toKept(key: string, { weights, bestEpoch }: TrainedNetwork): [hash: string, body: string] {
  const layers = weights.map(({ inputs, units, kernel, bias }) => ({
    inputs,
    units,
    weights: Buffer.from(Float32Array.from([...kernel, ...bias]).buffer).toString('base64'),
  }));
  const kept: KeptNet = { format, key, bestEpoch, layers };
  const body = JSON.stringify(kept);
  return [nodeDigest.sha256Hex(body), body];
}

function toNet({ bestEpoch, layers }: KeptNet): TrainedNetwork {
  return {
    bestEpoch,
    weights: layers.map(({ inputs, units, weights }) => {
      const values = new Float32Array(Uint8Array.from(Buffer.from(weights, 'base64')).buffer);
      const kernel = values.slice(0, inputs * units);
      return { inputs, units, kernel, bias: values.slice(inputs * units) };
    }),
  };
}
