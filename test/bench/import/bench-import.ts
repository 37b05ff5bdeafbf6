import { join } from 'node:path';
import { startStack } from '../../../scripts/stack/start-stack.ts';
import { createInstallation } from '../../../services/platform/runtime/installation.ts';
import { startService } from '../../support/service-process.ts';
import { atMost, benchReport, rounded, type BenchReport } from '../bench-report.ts';
import { openBenchWorld, type BenchWorld } from '../world/bench-world.ts';
import { ordersMap, writeOrders } from './orders-file.ts';
import { runImport, type ImportRun } from './run-import.ts';

export interface ImportBenchSize {
  readonly rows: number;
  readonly customers: number;
  readonly partitions: number;
}

const memoryBar = 300;

type Say = (line: string) => void;

/**
 * A whole `tidewatch import` of a CSV file, its verification included, against an ingest process of its own: how many
 * rows a second, and how much memory the import takes at most.
 */
export async function benchImport(size: ImportBenchSize, say: Say): Promise<BenchReport> {
  const stack = await startStack({ log: say });
  try {
    const world = await openBenchWorld(stack, size.partitions);
    try {
      return report(size, await importOrders(world, size, say));
    } finally {
      await world.close();
    }
  } finally {
    await stack.stop();
  }
}

async function importOrders(world: BenchWorld, { rows, customers }: ImportBenchSize, say: Say): Promise<ImportRun> {
  const installationFile = join(world.dir, 'import-installation.json');
  const { writeKeys } = await createInstallation(installationFile);
  const twin = world.newTwin();
  const env = { ...world.scorerEnv(twin), TIDEWATCH_INSTALLATION_FILE: installationFile, TIDEWATCH_INGEST_PORT: '0' };
  const file = join(world.dir, 'orders.csv');
  await writeOrders(file, rows, customers);
  const ingest = await startService('ingest', env);
  try {
    const target = ['--url', ingest.url, '--key', writeKeys['import'], '--directory', world.dir];
    const run = await runImport([file, '--map', ordersMap, ...target], env);
    say(run.stdout.trimEnd());
    if (run.code !== 0) throw new Error(`the import ended with ${run.code}`);
    return run;
  } finally {
    await ingest.stop();
  }
}

function report({ rows, customers, partitions }: ImportBenchSize, { seconds, peakMemory }: ImportRun): BenchReport {
  const figures = [
    { name: 'rows/s', value: Math.round(rows / seconds), unit: 'rows/s' },
    { name: 'peak-rss', value: rounded(peakMemory ?? 0), unit: 'MiB' },
    { name: 'rows', value: rows, unit: 'rows' },
    { name: 'customers', value: customers, unit: 'customers' },
    { name: 'partitions', value: partitions, unit: 'partitions' },
  ];
  return benchReport(
    'import',
    figures,
    peakMemory === null ? [] : [atMost('peak-rss', rounded(peakMemory), memoryBar)],
  );
}
