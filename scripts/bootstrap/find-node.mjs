import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { BootstrapError } from './bootstrap-error.mjs';
import { withLock } from './lock-directory.mjs';
import { runNpm } from './run-npm.mjs';

const packageVersion = '22.23.3';

/**
 * Type stripping is on by default from 22.18; the native TensorFlow package needs a Node below 23.
 * @param {string} version such as `v22.23.3`
 */
export function fitsProject(version) {
  const [major, minor] = readVersion(version);
  return major === 22 && minor >= 18;
}

/** @param {string} version */
export function canBootstrap(version) {
  return readVersion(version)[0] >= 18;
}

/** @param {string} version */
function readVersion(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return [major, minor];
}

/**
 * The path of a fitting Node: the one that runs this, else one of our own under `.tidewatch/node`, installed once.
 * @param {string} root
 */
export async function findNode(root) {
  if (!canBootstrap(process.version)) {
    throw new BootstrapError(`Node ${process.version} is too old: install Node 18 or newer and start again.`);
  }
  if (fitsProject(process.version)) return process.execPath;
  const home = join(root, '.tidewatch', 'node');
  const node = join(home, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const ready = join(home, `ready-${packageVersion}`);
  if (existsSync(ready) && existsSync(node)) return node;
  const onWait = () => console.error('Another start is installing Node 22; waiting for it.');
  await withLock(join(root, '.tidewatch', 'node.lock'), () => install(home, node, ready), { onWait });
  return node;
}

/**
 * @param {string} home
 * @param {string} node
 * @param {string} ready
 */
async function install(home, node, ready) {
  if (existsSync(ready) && existsSync(node)) return;
  console.error(`Node ${process.version} does not fit (22.18 or a later 22 does): getting Node ${packageVersion} …`);
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'package.json'), '{ "private": true }\n');
  // The package is a small script that links the binary of this platform, so its script has to run.
  const quiet = ['--no-fund', '--no-audit', '--loglevel=error'];
  await runNpm(process.execPath, home, [
    'install',
    '--no-save',
    '--ignore-scripts=false',
    ...quiet,
    `node@${packageVersion}`,
  ]);
  if (!existsSync(node)) {
    throw new BootstrapError(`The npm package node@${packageVersion} brought no Node for this platform.`, 1);
  }
  await writeFile(ready, '');
}
