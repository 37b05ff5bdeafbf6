import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { EngineError } from '../../core/errors.ts';
import { nativeBackendHome, type NativeBackendHome } from './native-backend-home.ts';

/** Whether `npm run native:install` has completed in this checkout. */
export function hasNativeBackend({ marker }: NativeBackendHome = nativeBackendHome()): boolean {
  return existsSync(marker);
}

/**
 * Registers the backend `tensorflow` with the TensorFlow.js of this process; its packages share the engine, which lives in
 * the global scope.
 * @throws EngineError ERR_NATIVE_BACKEND when it is not installed or does not start
 */
export function registerNativeBackend(installed: NativeBackendHome = nativeBackendHome()): void {
  if (!hasNativeBackend(installed)) {
    throw refused(
      'The native TensorFlow backend is not installed; run "npm run native:install" once, or choose the backend wasm.',
    );
  }
  try {
    createRequire(import.meta.url)(installed.entry);
  } catch (cause) {
    throw refused(
      `The native TensorFlow backend in ${installed.home} does not start (${(cause as Error).message}); delete that folder and run "npm run native:install" again.`,
      cause,
    );
  }
}

function refused(message: string, cause?: unknown): EngineError {
  return new EngineError('ERR_NATIVE_BACKEND', message, { retryable: false, cause });
}
