import { spawn } from 'node:child_process';

const keptOutputChars = 4_000;

/** How Maven ended: its exit code, and the end of what it printed. */
export interface MavenEnding {
  readonly code: number;
  readonly output: string;
}

/** Runs Maven to its end. Rejects only when it cannot be started. */
export async function runMaven(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<MavenEnding> {
  let output = '';
  const code = await new Promise<number>((resolve, reject) => {
    const maven = spawn('mvn', args, { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-keptOutputChars);
    };
    maven.stdout.on('data', keep);
    maven.stderr.on('data', keep);
    maven.on('error', reject);
    maven.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  return { code, output: output.trim() };
}
