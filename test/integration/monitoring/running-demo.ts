import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startPrometheus, type StartedPrometheus } from '../../../scripts/monitoring/start-prometheus.ts';
import type { RunFile } from '../../../scripts/start/run-file.ts';
import { rootDir } from '../../support/root-dir.ts';
import { runStartProcess, type StartedRun } from '../../support/start-process.ts';

export interface RunningDemo {
  readonly run: StartedRun;
  readonly file: RunFile;
  readonly prometheus: StartedPrometheus;
  query(expr: string): Promise<readonly { metric: Record<string, string>; value: [number, string] }[]>;
  stop(): Promise<void>;
}

export const jobs = ['ingest', 'scorer', 'alerts'] as const;

/** `npm start` with its demo business, and a real Prometheus that scrapes it every second under the product's rules. */
export async function startDemo(args: readonly string[], rules?: readonly string[]): Promise<RunningDemo> {
  const directory = await mkdtemp(join(tmpdir(), 'tidewatch-prometheus-'));
  const run = await runStartProcess(args);
  const file = await run.running();
  const config = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: rules ?? [join(rootDir, 'observability', 'prometheus', 'rules', '*.yml')],
    scrape_configs: jobs.map((job) => ({ job_name: job, static_configs: [{ targets: [new URL(file[job]).host] }] })),
  };
  const prometheus = await startPrometheus({ directory, config: stringify(config) });
  return {
    run,
    file,
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
