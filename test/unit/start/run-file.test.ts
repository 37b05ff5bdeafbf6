import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventFeed } from '../../../scripts/start/feeds/event-feed.ts';
import { createNoFeed } from '../../../scripts/start/feeds/event-feed.ts';
import { createRunFileKeeper } from '../../../scripts/start/run-file-keeper.ts';
import type { RunningSystem } from '../../../scripts/start/running-system.ts';

let folder = '';
let path = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-run-file-'));
  path = join(folder, 'nested', 'run.json');
});
afterEach(() => rm(folder, { recursive: true }));

function aSystem(pids: () => Record<string, number>): RunningSystem {
  return {
    stack: { mode: 'external', reason: '', kafka: 'k:1', schemaRegistry: 'http://s', redis: 'redis://r', pids: {} },
    tenant: { id: 'demo' },
    apiToken: 'token',
    writeKeys: { web: 'wk', app: 'wk-app' },
    urls: { ingest: 'http://i', scorer: 'http://s', alerts: 'http://a' },
    services: { pids },
  } as unknown as RunningSystem;
}

async function readRun(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
}

describe('run.json', () => {
  it('has exactly the fields that others rely on', async () => {
    await createRunFileKeeper(path, 'demo-1-').write(
      aSystem(() => ({ ingest: 11 })),
      createNoFeed(),
    );
    expect(await readRun()).toEqual({
      mode: 'external',
      tenant: 'demo',
      topicPrefix: 'demo-1-',
      kafka: 'k:1',
      schemaRegistry: 'http://s',
      redis: 'redis://r',
      ingest: 'http://i',
      scorer: 'http://s',
      alerts: 'http://a',
      console: null,
      writeKey: 'wk',
      adminToken: 'token',
      pids: { start: process.pid, ingest: 11 },
    });
  });

  it('is readable by its owner alone, because it holds keys', async () => {
    await createRunFileKeeper(path, '').write(
      aSystem(() => ({})),
      createNoFeed(),
    );
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('follows process ids that change, and names the simulator', async () => {
    let pid = 1;
    const keeper = createRunFileKeeper(path, '');
    const feed = { ...createNoFeed(), kind: 'demo', pid: () => 77 } as EventFeed;
    await keeper.write(
      aSystem(() => ({ scorer: pid })),
      feed,
    );
    pid = 2;
    keeper.refresh();
    await keeper.remove();
    await keeper.write(
      aSystem(() => ({ scorer: pid })),
      feed,
    );
    expect((await readRun())['pids']).toMatchObject({ scorer: 2, simulator: 77 });
  });

  it('is not written before everything is ready nor again after it was removed', async () => {
    const keeper = createRunFileKeeper(path, '');
    keeper.refresh();
    await keeper.remove();
    await keeper.write(
      aSystem(() => ({})),
      createNoFeed(),
    );
    await keeper.remove();
    keeper.refresh();
    await keeper.remove();
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});
