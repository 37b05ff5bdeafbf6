import { LayersModel } from '@tensorflow/tfjs-layers';
import { expect, it, vi } from 'vitest';
import { loadModel } from '../../../../services/platform/tensorflow/load-model.ts';
import { maxRowsPerCall } from '../../../../services/platform/tensorflow/predict-slices.ts';
import { shippedModelDir } from '../../../support/model-copy.ts';

it('a model has computed batches of every magnitude a call may have before it is handed out', async () => {
  const computing = vi.spyOn(LayersModel.prototype, 'predictOnBatch');
  try {
    const scorer = await loadModel(shippedModelDir);
    const batches = new Set(computing.mock.calls.map(([batch]) => (batch as { shape: number[] }).shape[0]));
    for (let rows = 1; rows <= maxRowsPerCall; rows *= 2) expect(batches).toContain(rows);
    scorer.dispose();
  } finally {
    computing.mockRestore();
  }
});
