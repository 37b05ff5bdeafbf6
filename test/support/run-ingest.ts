import { ingestConfig } from '../../services/ingest/config.ts';
import { buildIngest } from '../../services/ingest/app.ts';
import { loadConfig } from '../../services/platform/runtime/load-config.ts';
import type { RunningService } from '../../services/platform/runtime/run-service.ts';
import { createLogger } from '../../services/platform/telemetry/logger.ts';
import { eventually } from './eventually.ts';

/** Runs the real ingest inside the test's own process and waits until it is ready. */
export async function runIngest(env: Readonly<Record<string, string>>): Promise<RunningService> {
  const service = await buildIngest(loadConfig(ingestConfig, env), {
    name: 'ingest',
    logger: createLogger({ name: 'test', level: 'silent' }),
    signal: new AbortController().signal,
    useConfig: () => undefined,
    fail(error) {
      throw error;
    },
  });
  await eventually(() => {
    const { ready, reasons } = service.ready();
    if (!ready) throw new Error(reasons.join('; '));
  });
  return service;
}
