import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import type { RunningService } from '../../../services/platform/runtime/run-service.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import { createIngestInstallation, type IngestInstallation } from '../../support/ingest-installation.ts';
import { runIngest } from '../../support/run-ingest.ts';

let world: IngestInstallation;
let ingest: RunningService;
let directory: string;

beforeAll(async () => {
  world = await createIngestInstallation();
  ingest = await runIngest(world.env);
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-cut-'));
});

afterAll(async () => {
  await ingest.stop();
  await world.remove();
  await rm(directory, { recursive: true });
});

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const all = [...args, '--directory', directory];
  const code = await runCli(all, { env: world.env, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

/** Deletes the records before `offset` of every partition, as retention does. */
async function cutEventsTopic(offset: number): Promise<void> {
  const logger = createLogger({ name: 'test', level: 'silent' });
  const client = createKafkaClient({ brokers: world.env['KAFKA_BROKERS'].split(','), clientId: 'test', logger });
  const admin = client.admin();
  await admin.connect();
  const topic = topicsWithPrefix(world.prefix).events;
  const ends = await admin.fetchTopicOffsets(topic);
  const partitions = ends.map(({ partition, high }) => {
    return { partition, offset: String(Math.min(Number(high), offset)) };
  });
  await admin.deleteTopicRecords({ topic, partitions });
  await admin.disconnect();
}

describe('a roll-back on a topic that has lost records', () => {
  it('is refused where they may be of its customers, goes on when told to, and says when all of them are gone', async () => {
    const file = join(directory, 'cut.csv');
    const rows = Array.from(
      { length: 20 },
      (_, i) => `cut-${i % 5},2023-01-${String(i + 1).padStart(2, '0')},${i + 1}`,
    );
    await writeFile(file, ['Customer,Date,Amount', ...rows].join('\n'));
    const columns = 'customer_id=Customer,timestamp=Date,amount=Amount';
    const sent = ['--map', columns, '--import-id', 'cut', '--url', ingest.url, '--key', world.writeKey];
    expect((await run('import', file, ...sent)).code).toBe(0);
    await cutEventsTopic(1);
    expect(await run('import', 'rollback', 'cut')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no longer holds its oldest records on partition \d+ \(from 1 on, [^]*--force/),
    });
    expect((await world.controls()).filter(({ kind }) => kind === 'event-retracted')).toEqual([]);
    const dry = await run('import', 'rollback', 'cut', '--dry-run');
    expect(dry).toMatchObject({ code: 0, stderr: expect.stringContaining('no longer holds') as string });
    expect((await run('import', 'rollback', 'cut', '--force')).stdout).toContain('20 events of 5 customers taken back');
    await cutEventsTopic(Infinity);
    expect(await run('import', 'rollback', 'cut')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/No event of acme on \S+ is of the import "cut", though 20 were accepted/),
    });
  });
});
