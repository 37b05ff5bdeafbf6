import { execFile } from 'node:child_process';
import { EngineError } from '../../services/core/errors.ts';

const keptOutputChars = 2_000;

/**
 * Runs a program to its end.
 * @param failure begins the message when it does not end well
 * @throws EngineError ERR_NATIVE_BACKEND with the end of what it printed
 */
export function runProgram(command: string, args: readonly string[], failure: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      if (error === null) {
        resolve();
        return;
      }
      const said = `${stdout}\n${stderr}`.trim().slice(-keptOutputChars);
      const message = `The native backend was not installed: ${failure} (${command}). It said:\n${said}`;
      reject(new EngineError('ERR_NATIVE_BACKEND', message, { retryable: false, cause: error }));
    });
  });
}
