import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { trainModel } from '../../../models/training/train-model.ts';
import { availableBackends, type BackendName } from '../../../services/platform/tensorflow/backend.ts';
import { loadModel } from '../../../services/platform/tensorflow/load-model.ts';
import { shippedModelDir } from '../../support/model-copy.ts';
import { rootDir } from '../../support/root-dir.ts';
import { makeSyntheticOrders } from '../../support/synthetic-orders.ts';
import { atMost, benchReport, type BenchReport, type Figure, median, noted, rounded } from '../bench-report.ts';
import { writeOrderFile } from './write-order-file.ts';

export interface ModelBenchOptions {
  readonly rounds: number;
  /** Orders of the file that a backtest streams. */
  readonly orders: number;
}

const mib = 1024;
const memoryBarMib = 1536;
const batches = [1, 64] as const;
const rowsPerRound = { 1: 2_000, 64: 64_000 } as const;

const quiet = { say: () => undefined, phaseBegins: () => undefined, epochDone: () => undefined, phaseEnds: () => undefined }; // prettier-ignore

/**
 * WASM and, where it is installed, the native backend on the shipped net (rows per second of processor time at batch 1 and 64) and on a small
 * training run (seconds of processor time), and the largest resident set of two backtests of a large file, one with the
 * shipped model and one that trains. Rounds of backends are interleaved; figures are medians.
 */
export async function benchModel(options: ModelBenchOptions, say: (line: string) => void): Promise<BenchReport> {
  const figures: Figure[] = [];
  const speeds = new Map<string, number>();
  const note = (name: string, value: number, unit: string): void => {
    figures.push({ name, value: rounded(value), unit });
    speeds.set(name, value);
    say(`${name}: ${rounded(value)} ${unit}`);
  };
  const seen = new Map<string, number[]>();
  for (let round = 0; round < options.rounds; round++) {
    for (const backend of availableBackends().filter((name) => name !== 'cpu')) {
      for (const [name, value] of await measureBackend(backend)) seen.set(name, [...(seen.get(name) ?? []), value]);
    }
  }
  for (const [name, values] of seen) note(name, median(values), name.startsWith('training') ? 's' : 'rows/s');
  const peaks = await measureBacktests(options.orders, (name, peakMib) => note(`${name} peak memory`, peakMib, 'MiB'));
  const ratio = (name: string): number => rounded((speeds.get(`${name} tensorflow`) ?? NaN) / (speeds.get(`${name} wasm`) ?? NaN)); // prettier-ignore
  const native = seen.has('training tensorflow') ? ['batch 1', 'batch 64', 'training'] : [];
  const ratios = native.map((name) => noted(`${name} native/wasm`, ratio(name)));
  const bars = Object.entries(peaks).map(([name, peakMib]) => atMost(`${name} MiB`, rounded(peakMib), memoryBarMib));
  return benchReport('model', figures, [...ratios, ...bars]);
}

async function measureBackend(backend: BackendName): Promise<[name: string, value: number][]> {
  const model = await loadModel(shippedModelDir, { backend });
  const inputs = new Float32Array(64 * model.manifest.inputs.length).map((_, i) => Math.sin(i));
  const speeds = batches.map((batch): [string, number] => {
    const calls = rowsPerRound[batch] / batch;
    const seconds = cpuSeconds(() => {
      for (let call = 0; call < calls; call++) model.predict(batch, inputs);
    });
    return [`batch ${batch} ${backend}`, rowsPerRound[batch] / seconds];
  });
  model.dispose();
  const orders = makeSyntheticOrders({ customers: 120, days: 480, seed: 11 });
  const before = process.cpuUsage();
  await trainModel(orders, { until: 480, horizonDays: 90, timezone: 'UTC', currency: 'GBP', seeds: 1, seed: 1, epochs: 4, backend, progress: quiet }); // prettier-ignore
  return [...speeds, [`training ${backend}`, secondsOf(process.cpuUsage(before))]];
}

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return secondsOf(process.cpuUsage(before));
}

function secondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

/** One net and one epoch are enough: nets are trained one after the other, on the same rows each time. */
const backtests = {
  backtest: ['--model', shippedModelDir],
  'backtest that trains': ['--seeds', '1', '--epochs', '1'],
} as const;

/** @returns MiB of the largest resident set of each command */
async function measureBacktests(
  orders: number,
  onPeak: (name: string, peakMib: number) => void,
): Promise<Record<string, number>> {
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-bench-'));
  const peaks: Record<string, number> = {};
  try {
    const file = join(dir, 'orders.csv');
    await writeOrderFile(file, { orders, customers: orders / 20, days: 730, seed: 1 });
    for (const [name, how] of Object.entries(backtests)) {
      const args = ['--orders', file, '--cut', '2025-12-31', '--horizon', '90', ...how, '--out', join(dir, 'out.csv')];
      peaks[name] = (await peakOf(['cli/main.ts', 'backtest', ...args])) / mib;
      onPeak(name, peaks[name]);
    }
  } finally {
    await rm(dir, { recursive: true });
  }
  return peaks;
}

/** @returns KiB of the largest resident set of the program */
async function peakOf(args: readonly string[]): Promise<number> {
  const tell = "data:text/javascript,process.on('exit',()=>console.error('peak '+process.resourceUsage().maxRSS))";
  const child = spawn(process.execPath, ['--import', tell, ...args], { cwd: rootDir, stdio: ['ignore', 'ignore', 'pipe'] }); // prettier-ignore
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  const peak = /^peak (\d+)$/m.exec(said)?.[1];
  if (child.exitCode !== 0 || peak === undefined) throw new Error(`the backtest failed: ${said}`);
  return Number(peak);
}
