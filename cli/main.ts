import process from 'node:process';
import { runCli } from './run-cli.ts';

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  isTerminal: process.stderr.isTTY,
});
// a client that lost a connection on the way may still hold a socket; the work is done, so nothing waits for it
process.stdout.write('', () => process.exit());
