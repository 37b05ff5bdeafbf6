import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';

const forwarded = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']);

/**
 * Runs the command on our own stdio, passes signals on, and resolves to its exit code (128 + n when signal n ended it).
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
export function runChild(command, args, env) {
  const child = spawn(command, args, { stdio: 'inherit', env });
  const passOn = (/** @type {NodeJS.Signals} */ signal) => {
    // A terminal sends Ctrl-C to the whole foreground group itself; passing it on would make it look like two.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, passOn);
  const stopWatching = watchNpm(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      stopWatching();
      for (const name of forwarded) process.off(name, passOn);
      resolve(signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/**
 * npm outlives its script unless it is killed outright; then what it started has to end too. Only npm is watched:
 * a shell may well go away under `nohup`.
 * @param {() => void} onLost
 */
function watchNpm(onLost) {
  if (process.env.npm_lifecycle_event === undefined) return () => undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onLost();
  }, 500);
  return () => clearInterval(timer);
}
