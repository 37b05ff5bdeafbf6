import { join } from 'node:path';
import { startStack } from '../../../scripts/stack/start-stack.ts';
import type { DurationMs } from '../../../services/core/units.ts';
import { createInstallation } from '../../../services/platform/runtime/installation.ts';
import { startService } from '../../support/service-process.ts';
import { atLeast, atMost, benchReport, median, rounded, type BenchReport, type Figure } from '../bench-report.ts';
import { percentile } from '../statistics/percentile.ts';
import { startBenchChild } from '../world/bench-child.ts';
import { type BenchWorld, openBenchWorld } from '../world/bench-world.ts';
import { type LoadTarget, sendAll, sendPaced } from './http-load.ts';
import { batchBodies, singleBodies } from './track-requests.ts';

export interface IngestBenchSize {
  /** Per round and server. */
  readonly batches: number;
  readonly eventsPerBatch: number;
  /** Requests of one event, per second. */
  readonly rate: number;
  readonly seconds: number;
  readonly partitions: number;
  readonly rounds: number;
}

interface Measured {
  /** Events per second in batches. */
  readonly rate: number;
  readonly latencies: readonly DurationMs[];
}

interface Round {
  readonly bare: Measured;
  readonly ours: Measured;
}

const throughputBar = 0.5;
const latencyBar = 3;
const p99 = 0.99;

/**
 * Ingest as its own process, with all it does, against a bare HTTP server that parses the same batches, makes Avro and
 * produces it. Both write to the same topic; they take turns, each beginning every other round.
 */
export async function benchIngest(size: IngestBenchSize, say: (line: string) => void): Promise<BenchReport> {
  const stack = await startStack({ log: say });
  try {
    const world = await openBenchWorld(stack, size.partitions);
    try {
      return toReport(size, await withServers(world, (bare, ours) => runRounds({ bare, ours }, size, say)));
    } finally {
      await world.close();
    }
  } finally {
    await stack.stop();
  }
}

async function withServers<T>(world: BenchWorld, use: (bare: LoadTarget, ours: LoadTarget) => Promise<T>): Promise<T> {
  const file = join(world.dir, 'ingest-installation.json');
  const { writeKeys } = await createInstallation(file);
  const { web: writeKey } = writeKeys;
  const env = {
    ...world.scorerEnv(world.newTwin()),
    TIDEWATCH_INSTALLATION_FILE: file,
    TIDEWATCH_INGEST_PORT: '0',
  };
  const bare = await startBenchChild('test/bench/ingest/bare-server.ts', env);
  try {
    const ours = await startService('ingest', env);
    try {
      return await use({ url: bare.ready.url ?? '', writeKey }, { url: ours.url, writeKey });
    } finally {
      await ours.stop();
    }
  } finally {
    await bare.stop();
  }
}

async function runRounds(
  targets: { readonly bare: LoadTarget; readonly ours: LoadTarget },
  size: IngestBenchSize,
  say: (line: string) => void,
): Promise<Round[]> {
  const rounds: Round[] = [];
  // Round 0 warms both up.
  for (let number = 0; number <= size.rounds; number++) {
    const order = number % 2 === 0 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const);
    const measured: Partial<Record<keyof Round, Measured>> = {};
    const rates = new Map<keyof Round, number>();
    for (const name of order) rates.set(name, await throughput(targets[name], size));
    for (const name of order) {
      const bodies = singleBodies(size.rate * size.seconds, 'single');
      const latencies = await sendPaced(targets[name], '/v1/track', bodies, size.rate);
      measured[name] = { rate: rates.get(name) ?? 0, latencies };
    }
    const { bare, ours } = measured as Round;
    const line = [bare, ours].map(
      (each) => `${Math.round(each.rate)}/s, p99 ${rounded(percentile(each.latencies, p99))} ms`,
    );
    say(`round ${number}: bare ${line[0]}; ours ${line[1]}`);
    if (number > 0) rounds.push({ bare, ours });
  }
  return rounds;
}

async function throughput(target: LoadTarget, { batches, eventsPerBatch }: IngestBenchSize): Promise<number> {
  const bodies = batchBodies(batches, eventsPerBatch, 'batch');
  return (batches * eventsPerBatch) / (await sendAll(target, '/v1/batch', bodies));
}

function toReport(size: IngestBenchSize, rounds: readonly Round[]): BenchReport {
  const of = (pick: (round: Round) => number): number => rounded(median(rounds.map(pick)));
  const latency = (name: keyof Round): Figure[] =>
    [0.5, p99].map((p) => ({
      name: `${name}-p${p * 100}`,
      value: of((round) => percentile(round[name].latencies, p)),
      unit: 'ms',
    }));
  return benchReport(
    'ingest',
    [
      { name: 'bare', value: Math.round(of(({ bare }) => bare.rate)), unit: 'events/s' },
      { name: 'ours', value: Math.round(of(({ ours }) => ours.rate)), unit: 'events/s' },
      ...latency('bare'),
      ...latency('ours'),
      { name: 'events-per-batch', value: size.eventsPerBatch, unit: 'events' },
      { name: 'batches', value: size.batches, unit: 'batches' },
      { name: 'single-event-requests', value: size.rate, unit: 'requests/s' },
      { name: 'rounds', value: size.rounds, unit: 'rounds' },
    ],
    [
      atLeast(
        'ours/bare',
        of(({ ours, bare }) => ours.rate / bare.rate),
        throughputBar,
      ),
      atMost('ours-p99/bare-p99', of(({ ours, bare }) => percentile(ours.latencies, p99) / percentile(bare.latencies, p99)), latencyBar), // prettier-ignore
    ],
  );
}
