import { Redis } from 'ioredis';
import { EngineError } from '../../core/errors.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { addRedisMeter } from './redis-meter.ts';
import { checkServer } from './check-server.ts';
import { createErrorLog } from './error-log.ts';
import type { RedisAddress } from '../runtime/connections.ts';
import { describeTlsFault } from '../runtime/describe-tls-fault.ts';
import { unwrapScriptError } from './redis-errors.ts';
import { describeDenial } from './describe-denial.ts';
import { addressOptions } from './address-options.ts';

/** One connection to Redis, which comes back by itself after a loss. */
export interface RedisConnection {
  readonly client: Redis;
  /** Grows with each new connection; 0 before the first. */
  connectionEpoch(): number;
  /** Resolves when Redis answers and is fit to hold states; for `waitForDependency`. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface RedisOptions extends RedisAddress {
  readonly logger: Logger;
  readonly metrics?: Metrics;
  /** Shown by Redis in its list of clients. */
  readonly name?: string;
  /** A connection from which nothing comes for so long, though something is awaited, is given up. */
  readonly answerTimeoutMs?: DurationMs;
}

const defaultAnswerTimeoutMs = 5000;
const connectTimeoutMs = 5000;
const firstReconnectMs = 50;
const longestReconnectMs = 2000;

/**
 * Connects without an offline queue and without resending: what cannot be sent or was not answered fails at once, so
 * that nothing is ever applied later, behind the back of the pipeline that has begun the work again.
 */
export function createRedis(options: RedisOptions): RedisConnection {
  const { logger } = options;
  const errors = createErrorLog(logger);
  let epoch = 0;
  const client = new Redis({
    ...addressOptions(options),
    connectionName: options.name ?? 'tidewatch',
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // Zero: at each loss every unanswered command is rejected. Any other number lets them wait for a new connection.
    maxRetriesPerRequest: 0,
    connectTimeout: connectTimeoutMs,
    socketTimeout: options.answerTimeoutMs ?? defaultAnswerTimeoutMs,
    retryStrategy: (attempt) => Math.min(firstReconnectMs * 2 ** Math.min(attempt - 1, 10), longestReconnectMs),
    // After a failover the old address may lead to a replica.
    reconnectOnError: (error) => unwrapScriptError(error.message).startsWith('READONLY'),
  });
  client.on('error', errors.note);
  if (options.metrics !== undefined) addRedisMeter(client, options.metrics);
  client.on('ready', () => {
    epoch += 1;
    logger.info({ connectionEpoch: epoch }, 'connected to Redis');
  });
  return {
    client,
    connectionEpoch: () => epoch,
    async check() {
      if (client.status !== 'ready') throw notConnected(errors.last());
      await checkServer(client, logger);
    },
    close: () => closeClient(client),
  };
}

function notConnected(reason: string | null): EngineError {
  const denial = describeDenial(reason ?? '', 'the connection');
  if (denial !== null) return new EngineError('ERR_STORE_DENIED', denial, { retryable: false });
  const untrusted = describeTlsFault(reason ?? '', 'REDIS_CA_FILE');
  const said = [reason, untrusted].filter((part) => part !== null).join('; ');
  const message = `there is no connection to Redis${said === '' ? '' : `: ${said}`}`;
  return new EngineError('ERR_STORE_UNAVAILABLE', message, { retryable: true });
}

/** Between two attempts to connect there is nothing to close, and no `end` would ever be told. */
async function closeClient(client: Redis): Promise<void> {
  if (client.status === 'end') return;
  const isConnected = client.status !== 'reconnecting' && client.status !== 'close';
  const ended = isConnected ? new Promise<void>((resolve) => void client.once('end', resolve)) : undefined;
  client.disconnect();
  await ended;
}
