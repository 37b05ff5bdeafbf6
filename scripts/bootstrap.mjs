// The first command on a fresh clone: runs on any Node >= 18 with nothing installed, gets the Node and the packages the
// project needs, then runs the real script under them.
//   node scripts/bootstrap.mjs FILE.ts [args…]     runs a file of the checkout
//   node scripts/bootstrap.mjs --bin NAME [args…]  runs a tool out of node_modules/.bin
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findNode } from './bootstrap/find-node.mjs';
import { installDependencies } from './bootstrap/install-dependencies.mjs';
import { runChild } from './bootstrap/run-child.mjs';
import { BootstrapError } from './bootstrap/bootstrap-error.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string[]} args */
function readCommand(args) {
  const [first, ...rest] = args;
  if (first === undefined)
    throw new BootstrapError('Usage: node scripts/bootstrap.mjs FILE.ts | --bin NAME [args…]', 2);
  if (first !== '--bin') return { file: resolve(root, first), rest };
  const [name, ...toolArgs] = rest;
  if (name === undefined) throw new BootstrapError('Usage: node scripts/bootstrap.mjs --bin NAME [args…]', 2);
  return { file: join(root, 'node_modules', '.bin', name), rest: toolArgs };
}

async function main() {
  const command = readCommand(process.argv.slice(2));
  const node = await findNode(root);
  await installDependencies(root, node);
  if (!existsSync(command.file)) throw new BootstrapError(`There is no file ${command.file} in this checkout.`, 2);
  const parentWatch = pathToFileURL(join(root, 'scripts', 'bootstrap', 'parent-watch.mjs')).href;
  const nodeArgs = ['--disable-warning=ExperimentalWarning', '--import', parentWatch];
  const env = { ...process.env, PATH: [dirname(node), process.env.PATH ?? ''].join(delimiter) };
  process.exitCode = await runChild(node, [...nodeArgs, command.file, ...command.rest], env);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
