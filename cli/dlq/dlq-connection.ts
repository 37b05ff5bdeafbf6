import { EngineError } from '../../services/core/errors.ts';
import type { CliIo } from '../cli-io.ts';
import { readLocalRun } from '../read-local-run.ts';
import { usageError } from '../usage-error.ts';

/** Where ingest is, and what opens it. */
export interface DlqConnection {
  readonly url: string;
  readonly token: string;
}

export interface ConnectionOptions {
  readonly url?: string;
  readonly token?: string;
  /** run.json of a local `npm start`. */
  readonly run: string;
}

/** The options, else the environment, else what a local `npm start` has written down. */
export async function findConnection(options: ConnectionOptions, { env }: CliIo): Promise<DlqConnection> {
  const given = { url: options.url, token: options.token ?? (env['TIDEWATCH_TOKEN'] || undefined) };
  // A token of one system is never sent to another.
  const run = given.url === undefined ? await readLocalRun(options.run) : null;
  const url = given.url ?? run?.ingest;
  const token = given.token ?? run?.adminToken;
  if (url === undefined) {
    throw configurationError(`Nothing runs here (there is no ${options.run}); say where ingest is with --url.`);
  }
  if (URL.parse(url)?.protocol.startsWith('http') !== true) {
    throw usageError(`--url "${url}" is no address; give one such as http://127.0.0.1:8081.`);
  }
  if (token === undefined) throw configurationError('There is no API token; set TIDEWATCH_TOKEN or give --token.');
  return { url: url.replace(/\/+$/, ''), token };
}

function configurationError(message: string): EngineError {
  return new EngineError('ERR_CONFIG_INVALID', message, { retryable: false });
}
