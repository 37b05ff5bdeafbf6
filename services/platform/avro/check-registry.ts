import { EngineError } from '../../core/errors.ts';

const timeoutMs = 5_000;

/** Resolves when the registry lists its subjects. */
export async function checkRegistry(url: string): Promise<void> {
  const address = `${url.replace(/\/+$/, '')}/subjects`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) }).catch((cause: unknown) => {
    throw unavailable('cannot be reached', cause);
  });
  await answer.body?.cancel();
  if (!answer.ok) throw unavailable(`answered ${answer.status}`);
}

function unavailable(what: string, cause?: unknown): EngineError {
  return new EngineError('ERR_REGISTRY_UNAVAILABLE', `The schema registry ${what}; check SCHEMA_REGISTRY_URL.`, {
    retryable: true,
    cause,
  });
}
