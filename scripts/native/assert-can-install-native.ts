import process from 'node:process';
import { EngineError } from '../../services/core/errors.ts';
import { runTool } from '../stack/local/run-tool.ts';

const tools = [
  { command: 'python3', args: ['-m', 'pip', '--version'], package: 'python3 with pip' },
  { command: 'make', args: ['--version'], package: 'make' },
  { command: 'g++', args: ['--version'], package: 'g++' },
];

/** @throws EngineError ERR_STACK_PREREQUISITE when this machine cannot hold the native backend; the message says why */
export async function assertCanInstallNative(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const machine = `${process.platform} ${process.arch}`;
  if (machine !== 'linux x64') {
    throw lacking(`The native backend is made for linux x64, and this is ${machine}; stay with the WASM backend.`);
  }
  for (const { command, args, package: name } of tools) {
    if ((await runTool(command, args, env)) === null) {
      throw lacking(
        `The native backend needs ${name} to be compiled; install it (on Debian: apt-get install ${command}).`,
      );
    }
  }
}

function lacking(message: string): EngineError {
  return new EngineError('ERR_STACK_PREREQUISITE', message, { retryable: false });
}
