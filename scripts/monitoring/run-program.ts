import { execFile } from 'node:child_process';
import process from 'node:process';

export interface ProgramEnd {
  /** Null when it could not be started. */
  readonly code: number | null;
  /** Everything it printed, on both outputs. */
  readonly output: string;
}

/** Runs a program to its end, in English, and never rejects: what its exit code means is its caller's to say. */
export function runProgram(command: string, args: readonly string[], options: RunOptions = {}): Promise<ProgramEnd> {
  const { cwd, input = '', timeoutMs = 300_000, env: from = process.env } = options;
  return new Promise((resolve) => {
    const env = { ...from, LC_ALL: 'C' };
    const child = execFile(
      command,
      args,
      { cwd, env, timeout: timeoutMs, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        const output = `${stdout}\n${stderr}`.trim();
        if (error === null) resolve({ code: 0, output });
        else if (typeof error.code === 'number') resolve({ code: error.code, output });
        else resolve({ code: null, output: output === '' ? error.message : output });
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

export interface RunOptions {
  readonly cwd?: string;
  /** What it reads on its standard input. */
  readonly input?: string;
  readonly timeoutMs?: number;
  /** Default: our own. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}
