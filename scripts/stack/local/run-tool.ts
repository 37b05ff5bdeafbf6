import { execFile } from 'node:child_process';

/** Everything a program prints; null when there is no such program or it fails. */
export function runTool(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(command, args, { env, timeout: 30_000 }, (error, stdout, stderr) => {
      resolve(error === null ? `${stdout}\n${stderr}` : null);
    });
  });
}
