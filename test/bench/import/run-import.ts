import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setInterval as every } from 'node:timers/promises';
import { rootDir } from '../../support/root-dir.ts';
import { peakMemory } from './peak-memory.ts';

export interface ImportRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly seconds: number;
  /** MiB; null where the system does not tell. */
  readonly peakMemory: number | null;
}

const sampleMs = 100;

/** Runs `tidewatch import` as users do, in a process of its own, to its end. */
export async function runImport(args: readonly string[], env: Readonly<Record<string, string>>): Promise<ImportRun> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'cli/main.ts', 'import', ...args], {
    cwd: rootDir,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const ended = new AbortController();
  const sampled = samplePeak(child.pid ?? 0, ended.signal);
  const [code] = (await once(child, 'close')) as [number | null];
  ended.abort();
  return { code, stdout, seconds: (performance.now() - startedAt) / 1000, peakMemory: await sampled };
}

/** The kernel keeps the peak, so only what the last moments before the end add can be missed. */
async function samplePeak(pid: number, signal: AbortSignal): Promise<number | null> {
  let peak: number | null = null;
  try {
    for await (const _ of every(sampleMs, undefined, { signal })) peak = (await peakMemory(pid)) ?? peak;
  } catch {
    // It ended.
  }
  return peak;
}
