import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../../../scripts/bootstrap/lock-directory.mjs';
import { runMaven } from '../../../scripts/stack/local/run-maven.ts';
import { rootDir } from '../../support/root-dir.ts';

const project = join(rootDir, 'test/bench/peers/kafka-streams');
const schemas = ['customer-event.v1.avsc', 'score.v1.avsc'].map((name) => join(rootDir, 'schemas', name));
/** As the descriptor names it. */
const buildDir = join(rootDir, '.tidewatch/peers/kafka-streams');

/**
 * Builds the Kafka Streams job with Maven, unless this very source has been built before.
 * @returns path of the jar that runs it
 * @throws Error with the end of Maven's output
 */
export async function buildKafkaStreams(say: (line: string) => void): Promise<string> {
  const jar = join(buildDir, 'peer.jar');
  const marker = join(buildDir, `complete-${await sourceHash()}`);
  if (existsSync(marker)) return jar;
  await mkdir(join(rootDir, '.tidewatch/peers'), { recursive: true });
  await withLock(`${buildDir}.lock`, async () => {
    if (existsSync(marker)) return;
    say('building the Kafka Streams job with Maven (once; about 90 MB when not cached)');
    const { code, output } = await runMaven(['-q', '-B', '-f', join(project, 'pom.xml'), 'clean', 'package']);
    if (code !== 0) throw new Error(`Maven could not build the Kafka Streams job (exit ${code}):\n${output}`);
    await writeFile(marker, '');
  });
  return jar;
}

async function sourceHash(): Promise<string> {
  const entries = await readdir(join(project, 'src'), { recursive: true, withFileTypes: true });
  const sources = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const path of [join(project, 'pom.xml'), ...schemas, ...sources.toSorted()]) hash.update(await readFile(path));
  return hash.digest('hex').slice(0, 16);
}
