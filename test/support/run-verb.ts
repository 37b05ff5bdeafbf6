import { PassThrough } from 'node:stream';
import { runCli } from '../../cli/run-cli.ts';

/** Runs a command line of `tidewatch` within the test. */
export async function runVerb(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(args, { env, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}
