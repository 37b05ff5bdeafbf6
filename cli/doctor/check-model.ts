import { modelDirectory } from '../../services/platform/runtime/model-directory.ts';
import { loadModel } from '../../services/platform/tensorflow/load-model.ts';
import type { CliIo } from '../cli-io.ts';
import type { Finding } from './finding.ts';

/** Whether the newest model loads and gives the outputs it gave when it was made. */
export async function checkModel(env: CliIo['env']): Promise<Finding> {
  const root = env['TIDEWATCH_MODEL_DIR'] || 'models/retention';
  try {
    const dir = await modelDirectory(root, undefined);
    const scorer = await loadModel(dir);
    const { inputs } = scorer.manifest;
    scorer.dispose();
    return { result: 'ok', what: 'Model', detail: `${dir} loads, ${inputs.length} inputs, golden vectors reproduced` };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return {
      result: 'fault',
      what: 'Model',
      detail,
      advice: 'set TIDEWATCH_MODEL_DIR, or train a model: "tidewatch train --help"',
    };
  }
}
