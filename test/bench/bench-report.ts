import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  dependencies: Readonly<Record<string, string>>;
};

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

export interface Ratio {
  readonly name: string;
  readonly value: number;
  readonly bar: number | null;
  readonly ok: boolean | null;
}

/** What every bench prints: one object. */
export interface BenchReport {
  readonly bench: string;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly figures: readonly Figure[];
  readonly ratios: readonly Ratio[];
}

/** The clients that figures depend on, as they are pinned. */
const clients = Object.fromEntries(
  ['kafkajs', 'ioredis', 'avsc', '@tensorflow/tfjs-core'].map((name) => [name, dependencies[name] ?? 'unknown']),
);

/** The machine and versions a bench ran on, beside what it measured. */
export function benchReport(bench: string, figures: readonly Figure[], ratios: readonly Ratio[]): BenchReport {
  return {
    bench,
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      os: `${process.platform} ${process.arch}`,
    },
    versions: { node: process.version, commit: commit(), ...clients },
    figures,
    ratios,
  };
}

/** `value` against `bar`, where at least the bar is wanted. */
export function atLeast(name: string, value: number, bar: number): Ratio {
  return { name, value, bar, ok: value >= bar };
}

/** `value` against `bar`, where at most the bar is wanted. */
export function atMost(name: string, value: number, bar: number): Ratio {
  return { name, value, bar, ok: value <= bar };
}

/** A ratio without a bar, for the record. */
export function noted(name: string, value: number): Ratio {
  return { name, value, bar: null, ok: null };
}

/** What is printed: three digits after the point are more than a bench can tell. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
