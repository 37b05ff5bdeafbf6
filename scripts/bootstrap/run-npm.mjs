import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import process from 'node:process';
import { BootstrapError } from './bootstrap-error.mjs';

/**
 * Runs the user's own npm under the given Node. Its output goes to stderr, so that a script's stdout stays its own.
 * @param {string} node
 * @param {string} cwd
 * @param {string[]} args
 */
export async function runNpm(node, cwd, args) {
  // npm usually lies beside the Node that came with the machine.
  const path = [dirname(node), process.env.PATH ?? '', dirname(process.execPath)];
  const env = { ...process.env, PATH: path.join(delimiter) };
  const cli = process.env.npm_execpath;
  const isNpm = cli !== undefined && /npm-cli\.c?js$/.test(cli);
  const [command, commandArgs] = isNpm ? [node, [cli, ...args]] : ['npm', args];
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, commandArgs, {
      cwd,
      env,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32' && !isNpm,
    });
    child.on('error', reject);
    child.on('exit', (exitCode) => resolve(exitCode ?? 1));
  }).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    throw new BootstrapError('npm was not found on the PATH; it comes with Node, install it and start again.');
  });
  if (code !== 0) throw new BootstrapError(`npm ${args[0]} failed (exit ${code}); its own message stands above.`, 1);
}
