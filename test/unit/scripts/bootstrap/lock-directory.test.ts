import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../../../scripts/bootstrap/lock-directory.mjs';

let folder = '';
let lock = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-lock-'));
  lock = join(folder, 'deep', 'lock');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('the lock between processes', () => {
  it('lets one in at a time, whatever the number of starts', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await tick();
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 4 }, () => withLock(lock, work)));
    expect(most).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });

  it('is given back when the work fails', async () => {
    await expect(withLock(lock, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
    expect(await withLock(lock, () => Promise.resolve('again'))).toBe('again');
  });

  it('is taken over from a process that is gone', async () => {
    await mkdir(lock, { recursive: true });
    await writeFile(join(lock, 'pid'), '4194305');
    expect(await withLock(lock, () => Promise.resolve('mine'))).toBe('mine');
  });

  it('is taken over when nobody has touched it for long, although its pid is in use', async () => {
    await mkdir(lock, { recursive: true });
    await writeFile(join(lock, 'pid'), String(process.pid));
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    expect(await withLock(lock, () => Promise.resolve('mine'))).toBe('mine');
  });

  it('tells once that somebody else is at work', async () => {
    let waits = 0;
    let release = () => undefined as void;
    const first = withLock(lock, () => new Promise<void>((resolve) => (release = resolve)));
    while (!existsSync(lock)) await tick();
    const second = withLock(lock, () => Promise.resolve(), {
      onWait: () => {
        waits += 1;
        release();
      },
    });
    await Promise.all([first, second]);
    expect(waits).toBe(1);
  });
});
