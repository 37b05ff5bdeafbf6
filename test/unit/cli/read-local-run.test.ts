import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLocalRun } from '../../../cli/read-local-run.ts';
import { runCli } from '../../../cli/run-cli.ts';

let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-run-'));
  path = join(directory, 'run.json');
});

afterEach(() => rm(directory, { recursive: true }));

async function run(...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(args, { env: {}, stdout, stderr, isTerminal: false });
  return { code, stderr: String(stderr.read() ?? '') };
}

describe('run.json', () => {
  it('is read for the fields that verbs need; where there is none, nothing runs', async () => {
    expect(await readLocalRun(path)).toBeNull();
    await writeFile(path, JSON.stringify({ mode: 'local', tenant: 'demo', ingest: 'http://i', console: null, pids: { start: 1 } }));
    expect(await readLocalRun(path)).toEqual({ tenant: 'demo', ingest: 'http://i' });
  }); // prettier-ignore

  it.each(['{"tenant":', '[]', '7', '{"ingest": 7}'])(
    'that is broken (%s) ends both dlq and import with 78 and its name',
    async (text) => {
      await writeFile(path, text);
      const file = join(directory, 'orders.csv');
      await writeFile(file, 'Customer,When,Amount\nc1,2026-05-01,3\n');
      const map = ['--map', 'customer_id=Customer,timestamp=When,amount=Amount'];
      for (const args of [['dlq', 'list', '--run', path], ['import', file, ...map, '--directory', directory]]) {
        expect(await run(...args)).toMatchObject({ code: 78, stderr: expect.stringContaining(path) as string });
      }
    },
  ); // prettier-ignore
});
