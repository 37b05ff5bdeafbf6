import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../../services/core/errors.ts';
import { withLock } from '../../bootstrap/lock-directory.mjs';
import type { StackContext } from '../stack-provider.ts';
import { runMaven, type MavenEnding } from './run-maven.ts';
import type { StackPaths } from './stack-paths.ts';

/** Has Maven fetch Kafka, the registry and Redis, once per version of the descriptor. */
export async function fetchArtefacts(context: StackContext, paths: StackPaths): Promise<void> {
  const hash = createHash('sha256')
    .update(await readFile(paths.pom))
    .digest('hex');
  const marker = join(paths.artefacts, `complete-${hash.slice(0, 16)}`);
  if (existsSync(marker)) return;
  await withLock(`${paths.artefacts}.lock`, async () => {
    if (existsSync(marker)) return;
    context.log('Fetching Kafka, the schema registry and Redis through Maven (once; about 160 MB when not cached) …');
    await mkdir(paths.artefacts, { recursive: true });
    const where = `-Dstack.dir=${paths.artefacts}`;
    const ending = await runMaven(['-q', '-B', '-f', paths.pom, 'process-resources', where], context.env);
    if (ending.code !== 0) throw notFetched(ending);
    await writeFile(marker, '');
  });
}

function notFetched({ code, output }: MavenEnding): EngineError {
  return new EngineError(
    'ERR_STACK_UNAVAILABLE',
    `Maven could not fetch the local stack (exit ${code}). Check the network or Maven's settings. It said:\n${output}`,
    { retryable: false },
  );
}
