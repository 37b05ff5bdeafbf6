import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import process from 'node:process';
import { getBackend } from '@tensorflow/tfjs-core';
import { getThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { describe, expect, it } from 'vitest';
import { availableBackends, useBackend } from '../../../../services/platform/tensorflow/backend.ts';
import { shippedModelDir } from '../../../support/model-copy.ts';
import { rootDir } from '../../../support/root-dir.ts';

const run = promisify(execFile);

function script(backend: string): string {
  return `
    import { loadModel } from './services/platform/tensorflow/load-model.ts';
    const scorer = await loadModel(${JSON.stringify(shippedModelDir)}, { backend: '${backend}' });
    scorer.predict(1, new Float32Array(scorer.manifest.inputs.length));
    for (const event of ['uncaughtException', 'unhandledRejection']) {
      if (process.listenerCount(event) > 0) console.log('listens for', event);
    }`;
}

describe('starting a backend', () => {
  it('computes on one thread', async () => {
    await useBackend('wasm');
    expect(getBackend()).toBe('wasm');
    expect(getThreadsCount()).toBe(1);
  });

  it('may be asked for again and changed', async () => {
    await useBackend('wasm');
    await useBackend('cpu');
    expect(getBackend()).toBe('cpu');
    await useBackend('wasm');
    expect(getBackend()).toBe('wasm');
  });

  it.each(availableBackends())(
    'prints nothing and leaves no handler of its own on the process: %s',
    async (backend) => {
      const args = ['--input-type=module', '--eval', script(backend)];
      const { stdout, stderr } = await run(process.execPath, args, { cwd: rootDir });
      expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
    },
  );
});
