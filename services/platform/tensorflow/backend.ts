import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { EngineError } from '../../core/errors.ts';
import { hasNativeBackend, registerNativeBackend } from './native-backend.ts';

/** As TensorFlow.js, activations and manifests name them; `tensorflow` is the native library, which is optional. */
export const backendNames = ['wasm', 'cpu', 'tensorflow'] as const;

export type BackendName = (typeof backendNames)[number];

/** The backends that can compute here. */
export function availableBackends(): BackendName[] {
  return backendNames.filter((name) => name !== 'tensorflow' || hasNativeBackend());
}

/**
 * Makes `name` the backend of this process and waits until it computes. One thread: the bits of a score must not
 * depend on how work was split.
 * @throws EngineError ERR_NATIVE_BACKEND when `tensorflow` is asked for and not installed
 */
export async function useBackend(name: BackendName): Promise<void> {
  // production mode also keeps TensorFlow.js from advertising its native binding on the console
  tf.env().set('PROD', true);
  if (name === 'wasm') {
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths(wasmDirectory());
  }
  const isSet = await withoutNewProcessListeners(async () => {
    if (name === 'tensorflow') registerNativeBackend();
    return await tf.setBackend(name);
  });
  if (!isSet) {
    throw new EngineError(
      'ERR_MODEL_MISSING',
      `The TensorFlow.js backend ${name} did not start; run the install again.`,
      {
        retryable: false,
        context: { backend: name },
      },
    );
  }
}

let knownDirectory: string | null = null;

function wasmDirectory(): string {
  // paths may be set only before the first start of the backend, and the same value every time
  knownDirectory ??= join(
    dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')),
    'dist/',
  );
  return knownDirectory;
}

/**
 * The WASM module hangs handlers on the process that throw on any uncaught error, which would get in the way of the
 * services' own shutdown. They are taken off again.
 */
async function withoutNewProcessListeners<T>(work: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set<unknown>(process.listeners(event as 'exit')));
  const result = await work();
  events.forEach((event, i) => {
    for (const listener of process.listeners(event as 'exit')) {
      if (!before[i].has(listener)) process.removeListener(event, listener);
    }
  });
  return result;
}
