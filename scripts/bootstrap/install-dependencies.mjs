import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock-directory.mjs';
import { runNpm } from './run-npm.mjs';

/**
 * Installs the packages of package-lock.json when node_modules does not hold them yet.
 * @param {string} root
 * @param {string} node
 */
export async function installDependencies(root, node) {
  if (await isInstalled(root)) return;
  const onWait = () => console.error('Another start is installing the packages; waiting for it.');
  const work = async () => {
    if (await isInstalled(root)) return;
    console.error('Installing the packages of package-lock.json …');
    await runNpm(node, root, ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error']);
    await writeFile(markerPath(root), await hashLock(root));
  };
  await withLock(join(root, '.tidewatch', 'packages.lock'), work, { onWait });
}

/** @param {string} root */
async function isInstalled(root) {
  const hash = await hashLock(root);
  const marker = await readFile(markerPath(root), 'utf8').catch(() => '');
  if (marker === hash) return true;
  if (!(await holdsSamePackages(root))) return false;
  await writeFile(markerPath(root), hash);
  return true;
}

/**
 * After `npm install` by hand the packages are right although our marker is old: npm's own record says so.
 * @param {string} root
 */
async function holdsSamePackages(root) {
  const present = await readPackages(join(root, 'node_modules', '.package-lock.json'));
  const wanted = await readPackages(join(root, 'package-lock.json'));
  if (present === null || wanted === null) return false;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional === true || present[path]?.version === entry.version,
  );
}

/**
 * @param {string} path
 * @returns {Promise<Record<string, { version?: string, optional?: boolean }> | null>}
 */
async function readPackages(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8')).packages;
  } catch {
    return null;
  }
}

/** @param {string} root */
async function hashLock(root) {
  return createHash('sha256')
    .update(await readFile(join(root, 'package-lock.json')))
    .digest('hex');
}

/** @param {string} root */
function markerPath(root) {
  return join(root, 'node_modules', '.tidewatch-installed');
}
