import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimDirectory } from '../../../scripts/start/claim-directory.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-claim-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('claimDirectory', () => {
  it('refuses a directory in which another start is running, and says which', async () => {
    const release = await claimDirectory(folder);
    await expect(claimDirectory(folder)).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
      message: expect.stringContaining(`process ${process.pid}`) as string,
    });
    await release();
    await (
      await claimDirectory(folder)
    )();
  });

  it.each([JSON.stringify({ pid: process.pid, startedAt: 'another boot:1' }), '{"pid":', ''])(
    'takes over the claim of a start that was killed (%s)',
    async (left) => {
      await writeFile(join(folder, 'start.json'), left);
      await claimDirectory(folder);
      expect(JSON.parse(await readFile(join(folder, 'start.json'), 'utf8'))).toMatchObject({ pid: process.pid });
    },
  );

  it('makes the directory where there is none', async () => {
    await (
      await claimDirectory(join(folder, 'a', 'b'))
    )();
  });
});
