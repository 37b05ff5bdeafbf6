import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageChannels } from '../../../../services/core/contacts/message-channels.ts';
import { featureNames } from '../../../../services/core/features/feature-catalogue.ts';
import { placesOf } from '../../../../services/core/playbooks/places-of.ts';
import { readSegments } from '../../../../services/platform/runtime/read-segments.ts';
import { watchPlaybooks } from '../../../../services/platform/runtime/watch-playbooks.ts';
import { createLogger } from '../../../../services/platform/telemetry/logger.ts';

const shipped = new URL('../../../../playbooks/default.yaml', import.meta.url);
const hourMs = 3_600_000;

describe('playbooks that are followed', () => {
  let dir: string;
  let path: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tidewatch-test-'));
    path = join(dir, 'playbooks.yaml');
    await writeFile(path, await readFile(shipped));
  });
  afterEach(() => rm(dir, { recursive: true }));

  async function watch(compile: (playbooks: { readonly version: string }) => string = ({ version }) => version) {
    const lines: string[] = [];
    const told: string[] = [];
    const { document } = await readSegments(null, featureNames);
    const watched = await watchPlaybooks({
      path,
      around: { ...placesOf(document), channels: new Set<string>(messageChannels), webhooks: null },
      compile,
      logger: createLogger({ name: 'test', level: 'info', destination: { write: (line) => void lines.push(line) } }),
      onReload: (result) => void told.push(result),
      everyMs: hourMs,
    });
    return { watched, lines, told };
  }

  const edit = async (from: string, to: string) => {
    const text = await readFile(path, 'utf8');
    expect(text).toContain(from);
    await writeFile(path, text.replace(from, to));
  };

  it('come into force as a whole when the file has changed, with what is made of them', async () => {
    const { watched, told } = await watch();
    const before = watched.current();
    await watched.look();
    expect(watched.current()).toBe(before);
    await edit("version: '1'", "version: '2'");
    await watched.look();
    expect(watched.current().version).toMatch(/^2\+[0-9a-f]{8}$/);
    expect(watched.current().compiled).toBe(watched.current().version);
    expect(before.version).toMatch(/^1\+/);
    expect(told).toEqual(['loaded', 'loaded']);
    await watched.stop();
  });

  it('stay as they were when the change is wrong, which is said once', async () => {
    const { watched, lines, told } = await watch();
    const before = watched.current();
    await edit('capacity: 200', 'capacity: many');
    await watched.look();
    await watched.look();
    expect(watched.current()).toBe(before);
    expect(told).toEqual(['loaded', 'refused']);
    expect(lines.filter((line) => line.includes('ERR_PLAYBOOKS_INVALID'))).toHaveLength(1);
    await edit('capacity: many', 'capacity: 100');
    await watched.look();
    expect(watched.current().document.queues.service.capacity).toBe(100);
    await watched.stop();
  });

  it('stay as they were when nothing can be made of the change, or the file is gone', async () => {
    const { watched, told } = await watch(({ version }) => {
      if (version.startsWith('2')) throw new RangeError('no such thing');
      return version;
    });
    const before = watched.current();
    await edit("version: '1'", "version: '2'");
    await watched.look();
    await rm(path);
    await watched.look();
    expect(watched.current()).toBe(before);
    expect(told).toEqual(['loaded', 'refused', 'refused']);
    await watched.stop();
  });

  it('are not begun with when they are wrong from the start', async () => {
    await edit('capacity: 200', 'capacity: many');
    await expect(watch()).rejects.toMatchObject({ code: 'ERR_PLAYBOOKS_INVALID' });
  });
});
