import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startPrometheus, type StartedPrometheus } from '../../scripts/monitoring/start-prometheus.ts';
import type { RunFile } from '../../scripts/start/run-file.ts';
import { rootDir } from './root-dir.ts';
import { runStartProcess, type StartedRun } from './start-process.ts';

export interface RunningDemo {
  readonly run: StartedRun;
  readonly file: RunFile;
  /** Of the installation file and of run.json. */
  readonly folder: string;
  readonly prometheus: StartedPrometheus;
  query(expr: string): Promise<readonly { metric: Record<string, string>; value: [number, string] }[]>;
  stop(): Promise<void>;
}

export interface DemoOptions {
  /** In place of the product's rules. */
  readonly rules?: string;
  /** On top of the environment of the run. */
  readonly env?: Readonly<Record<string, string>>;
}

export const jobs = ['ingest', 'scorer', 'alerts'] as const;

/** `npm start` with its demo business, and a real Prometheus that scrapes it every second under the product's rules. */
export async function startDemo(args: readonly string[], options: DemoOptions = {}): Promise<RunningDemo> {
  const directory = await mkdtemp(join(tmpdir(), 'tidewatch-prometheus-'));
  const run = await runStartProcess(args, options.env);
  const file = await run.running();
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files:
      options.rules === undefined ? [join(rootDir, 'observability', 'prometheus', 'rules', '*.yml')] : ['rules.yml'],
    scrape_configs: jobs.map((job) => ({ job_name: job, static_configs: [{ targets: [new URL(file[job]).host] }] })),
  };
  if (options.rules !== undefined) await writeFile(join(directory, 'rules.yml'), options.rules);
  const prometheus = await startPrometheus({ directory, config: stringify(config) });
  return {
    run,
    file,
    folder: run.folder,
    prometheus,
    async query(expr) {
      const answer = await fetch(`${prometheus.url}/api/v1/query?query=${encodeURIComponent(expr)}`);
      const body = (await answer.json()) as { status: string; error?: string; data: { result: [] } };
      if (body.status !== 'success') throw new Error(`${expr}: ${body.error}`);
      return body.data.result;
    },
    async stop() {
      await prometheus.stop();
      await run.remove();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
