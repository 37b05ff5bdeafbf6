import { EngineError, errorRegistry, type ErrorCode } from '../../services/core/errors.ts';
import type { CliIo } from '../cli-io.ts';
import { readLocalRun } from '../read-local-run.ts';
import { usageError } from '../usage-error.ts';

/** A delivery as the API shows it. */
export interface ShownDelivery {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly reason: string | null;
  readonly taskId: string | null;
  readonly createdAt: string;
  readonly settledAt: string | null;
}

export interface DeliveryClient {
  list(query: Readonly<Record<string, string>>): Promise<{ deliveries: ShownDelivery[]; next: string | null }>;
  replay(id: string): Promise<ShownDelivery>;
}

export interface DeliveryConnectionOptions {
  readonly url?: string;
  readonly token?: string;
  /** run.json of a local `npm start`. */
  readonly run: string;
}

const patienceMs = 60_000;

/** Talks to the API of alerts: named by the options, else by the environment, else by a local `npm start`. */
export async function openDeliveryClient(options: DeliveryConnectionOptions, { env }: CliIo): Promise<DeliveryClient> {
  // A token of one system is never sent to another.
  const run = options.url === undefined ? await readLocalRun(options.run) : null;
  const url = (options.url ?? run?.alerts)?.replace(/\/+$/, '');
  const token = options.token ?? (env['TIDEWATCH_TOKEN'] || undefined) ?? run?.adminToken;
  if (url === undefined)
    throw missing(`Nothing runs here (there is no ${options.run}); say where alerts is with --url.`);
  if (URL.parse(url)?.protocol.startsWith('http') !== true) {
    throw usageError(`--url "${url}" is no address; give one such as http://127.0.0.1:8083.`);
  }
  if (token === undefined) throw missing('There is no API token; set TIDEWATCH_TOKEN or give --token.');
  const call = createCall(url, token);
  return {
    list: async (query) => (await call(`/v1/deliveries?${new URLSearchParams(query).toString()}`)) as never,
    replay: async (id) => (await call(`/v1/deliveries/${encodeURIComponent(id)}/replay`, 'POST')) as ShownDelivery,
  };
}

function createCall(url: string, token: string) {
  return async function call(path: string, method = 'GET'): Promise<unknown> {
    const signal = AbortSignal.timeout(patienceMs);
    let answer: Response;
    let body: unknown;
    try {
      answer = await fetch(`${url}${path}`, {
        ...{ method, redirect: 'error', signal },
        headers: { authorization: `Bearer ${token}` },
      });
      body = await answer.json();
    } catch (cause) {
      const message = `Alerts at ${url} does not answer as it should; check --url and that it runs.`;
      throw new EngineError('ERR_STACK_UNAVAILABLE', message, { retryable: true, cause });
    }
    if (answer.ok) return body;
    const { code, detail } = (body ?? {}) as Record<string, unknown>;
    const known = typeof code === 'string' && code in errorRegistry ? (code as ErrorCode) : 'ERR_INTERNAL';
    const message = typeof detail === 'string' ? detail : `alerts answered with status ${answer.status}`;
    throw new EngineError(known, message, { retryable: answer.status === 503 });
  };
}

function missing(message: string): EngineError {
  return new EngineError('ERR_CONFIG_INVALID', message, { retryable: false });
}
