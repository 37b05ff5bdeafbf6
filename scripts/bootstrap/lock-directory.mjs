import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

const beatMs = 2_000;
const staleAfterMs = 20_000;
const pollMs = 100;

/**
 * Runs `work` while holding a lock between processes. Making a directory is atomic on every file system we meet. The
 * holder touches it while it works, so a lock left behind by a kill is recognised by its age or by its dead owner.
 * @template T
 * @param {string} directory
 * @param {() => Promise<T>} work
 * @param {{ onWait?: () => void }} [options] `onWait` is called once when somebody else holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(directory, work, options = {}) {
  await mkdir(dirname(directory), { recursive: true });
  await acquire(directory, options.onWait);
  const beat = setInterval(() => void touch(directory), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * @param {string} directory
 * @param {(() => void) | undefined} onWait
 */
async function acquire(directory, onWait) {
  for (let attempt = 0; ; attempt += 1) {
    if (await tryMake(directory)) {
      await writeFile(join(directory, 'pid'), String(process.pid));
      return;
    }
    if (attempt === 1) onWait?.();
    if (await isStale(directory)) await breakStale(directory);
    else await pause(pollMs);
  }
}

/** @param {string} directory */
async function tryMake(directory) {
  try {
    await mkdir(directory);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} directory */
async function isStale(directory) {
  const info = await stat(directory).catch(() => null);
  if (info === null) return false;
  if (Date.now() - info.mtimeMs > staleAfterMs) return true;
  const owner = Number(await readFile(join(directory, 'pid'), 'utf8').catch(() => ''));
  return Number.isInteger(owner) && owner > 0 && !isRunning(owner);
}

/**
 * Two waiters may both see the stale lock: the second one must not remove the lock the first has taken meanwhile, so
 * breaking has a lock of its own and looks again.
 * @param {string} directory
 */
async function breakStale(directory) {
  const breaker = `${directory}.break`;
  if (!(await tryMake(breaker))) {
    const info = await stat(breaker).catch(() => null);
    if (info !== null && Date.now() - info.mtimeMs > staleAfterMs) await rm(breaker, { recursive: true, force: true });
    await pause(pollMs);
    return;
  }
  try {
    if (await isStale(directory)) await rm(directory, { recursive: true, force: true });
  } finally {
    await rm(breaker, { recursive: true, force: true });
  }
}

/** @param {string} directory */
async function touch(directory) {
  const now = new Date();
  await utimes(directory, now, now).catch(() => undefined);
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
