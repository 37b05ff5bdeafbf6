import { afterAll, beforeAll } from 'vitest';
import type { RunningService } from '../../services/platform/runtime/run-service.ts';
import { createIngestInstallation } from './ingest-installation.ts';
import type { IngestInstallation, IngestInstallationOptions } from './ingest-installation.ts';
import { runIngest } from './run-ingest.ts';

/** One ingest with topics, keys and installation of its own, for all tests of a file. */
export interface OneIngest {
  readonly world: IngestInstallation;
  readonly url: string;
}

/** Starts before the tests of the file and stops after them; until then there is nothing to read. */
export function oneIngest(options: IngestInstallationOptions = {}): OneIngest {
  let world: IngestInstallation;
  let ingest: RunningService;
  beforeAll(async () => {
    world = await createIngestInstallation(options);
    ingest = await runIngest(world.env);
  });
  afterAll(async () => {
    await ingest.drain();
    await ingest.stop();
    await world.remove();
  });
  return {
    get world() {
      return world;
    },
    get url() {
      return ingest.url;
    },
  };
}
