import { join } from 'node:path';
import type { LocalLayout } from './local-layout.ts';
import type { ProcessSpec } from './process-spec.ts';

const runner = 'apicurio-registry-app-3.0.9-runner.jar';

/** Keeps its schemas in Kafka, so that their ids live exactly as long as the records that name them. */
export function registrySpec(layout: LocalLayout): ProcessSpec {
  const scratch = [
    `-Djava.io.tmpdir=${layout.scratch}`,
    `-Dvertx.cacheDirBase=${layout.scratch}/vertx`,
    '-XX:-UsePerfData',
  ];
  return {
    name: 'registry',
    command: layout.java,
    args: ['-Xmx384m', ...scratch, '-jar', join(layout.artefacts, 'registry', runner)],
    cwd: layout.home,
    env: {
      QUARKUS_HTTP_HOST: '127.0.0.1',
      QUARKUS_HTTP_PORT: String(layout.ports.registry),
      APICURIO_STORAGE_KIND: 'kafkasql',
      APICURIO_KAFKASQL_BOOTSTRAP_SERVERS: `127.0.0.1:${layout.ports.kafka}`,
      // It waits a whole poll for the end of its journal at each start; the default is five seconds.
      APICURIO_KAFKASQL_CONSUMER_POLL_TIMEOUT: '200',
      QUARKUS_LOG_CATEGORY__IO_QUARKUS__LEVEL: 'INFO',
    },
    startedMark: /Listening on/,
    graceMs: 5_000,
  };
}
