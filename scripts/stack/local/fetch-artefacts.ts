import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../../services/core/errors.ts';
import { withLock } from '../../bootstrap/lock-directory.mjs';
import type { StackContext } from '../stack-provider.ts';
import type { StackPaths } from './stack-paths.ts';

const keptOutputChars = 4_000;

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
    await runMaven(['-q', '-B', '-f', paths.pom, 'process-resources', where], context.env);
    await writeFile(marker, '');
  });
}

async function runMaven(args: readonly string[], env: StackContext['env']): Promise<void> {
  let output = '';
  const code = await new Promise<number>((resolve, reject) => {
    const maven = spawn('mvn', args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-keptOutputChars);
    };
    maven.stdout.on('data', keep);
    maven.stderr.on('data', keep);
    maven.on('error', reject);
    maven.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  if (code === 0) return;
  throw new EngineError(
    'ERR_STACK_UNAVAILABLE',
    `Maven could not fetch the local stack (exit ${code}). Check the network or Maven's settings. It said:\n${output.trim()}`,
    { retryable: false },
  );
}
