import { join, resolve } from 'node:path';

export interface RunPaths {
  readonly installation: string;
  /** Write keys of the demo in clear. */
  readonly writeKeys: string;
  /** The API token of run.json, in clear. */
  readonly apiToken: string;
  readonly run: string;
  readonly report: string;
  readonly logs: string;
  readonly truth: string;
  readonly simulatorSummary: string;
}

/**
 * Where one installation keeps its files.
 * @param installation TIDEWATCH_INSTALLATION_FILE; inside the directory when not set
 */
export function runPaths(directory: string, installation: string | undefined): RunPaths {
  const top = resolve(directory);
  return {
    installation:
      installation === undefined || installation === '' ? join(top, 'installation.json') : resolve(installation),
    writeKeys: join(top, 'write-keys.json'),
    apiToken: join(top, 'api-token.json'),
    run: join(top, 'run.json'),
    report: join(top, 'report.json'),
    logs: join(top, 'logs'),
    truth: join(top, 'simulator', 'truth.jsonl'),
    simulatorSummary: join(top, 'simulator', 'summary.json'),
  };
}
