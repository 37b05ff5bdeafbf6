import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BootstrapError } from './bootstrap-error.mjs';
import { findNode } from './find-node.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { runChild } from './run-child.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @param {string[]} args */
export async function main(args) {
  try {
    process.exitCode = await bootstrap(args);
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    console.error(error.message);
    process.exitCode = error.exitCode;
  }
}

/** @param {string[]} args */
async function bootstrap(args) {
  const command = readCommand(args);
  const node = await findNode(root);
  await installDependencies(root, node);
  if (!existsSync(command.file)) throw new BootstrapError(`There is no file ${command.file} in this checkout.`, 2);
  const parentWatch = pathToFileURL(join(root, 'scripts', 'bootstrap', 'parent-watch.mjs')).href;
  const nodeArgs = ['--disable-warning=ExperimentalWarning', '--import', parentWatch];
  const env = { ...process.env, PATH: [dirname(node), process.env.PATH ?? ''].join(delimiter) };
  return await runChild(node, [...nodeArgs, command.file, ...command.rest], env);
}

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
