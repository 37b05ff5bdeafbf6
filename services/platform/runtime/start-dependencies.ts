import { setTimeout as pause } from 'node:timers/promises';
import { EngineError } from '../../core/errors.ts';
import type { DurationMs } from '../../core/units.ts';
import type { Logger } from '../telemetry/logger.ts';
import { redactUrlCredentials } from '../telemetry/redact-secrets.ts';
import { withinTime } from './within-time.ts';

export interface DependencyOptions {
  /** TIDEWATCH_START_TIMEOUT_MS. */
  readonly timeoutMs: DurationMs;
  readonly logger: Logger;
  /** Where the dependency should be; shown without credentials. */
  readonly address: string;
  /** The variable that holds the address. */
  readonly variable: string;
  readonly signal?: AbortSignal;
}

const firstPauseMs = 100;
const longestPauseMs = 2000;

/**
 * Calls `probe` until it resolves. Anything but a final EngineError is tried again, with one log line whenever the
 * reason changes. After the bound: ERR_STACK_UNAVAILABLE, which names the dependency, its address and what to do.
 */
export async function waitForDependency<T>(
  name: string,
  probe: () => Promise<T>,
  options: DependencyOptions,
): Promise<T> {
  const { logger, timeoutMs } = options;
  const address = redactUrlCredentials(options.address);
  const deadline = performance.now() + timeoutMs;
  let lastReason = '';
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      const value = await withinTime(Math.max(1, deadline - performance.now()), `asking ${name}`, probe);
      if (lastReason !== '') logger.info({ dependency: name, address }, `${name} is there now`);
      return value;
    } catch (error) {
      if (error instanceof EngineError && !error.retryable && error.code !== 'ERR_INTERNAL') throw error;
      const reason = redactUrlCredentials(reasonOf(error));
      if (reason !== lastReason) logger.warn({ dependency: name, address, reason }, `waiting for ${name}`);
      lastReason = reason;
      if (performance.now() + pauseMs >= deadline) throw unavailable(name, reason, options, error);
    }
    await pause(pauseMs, undefined, options.signal === undefined ? {} : { signal: options.signal });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
}

function unavailable(name: string, reason: string, options: DependencyOptions, cause: unknown): EngineError {
  const address = redactUrlCredentials(options.address);
  const seconds = Math.round(options.timeoutMs / 100) / 10;
  const message =
    `${name} did not answer at ${address} within ${seconds} s: ${reason}. ` +
    `Start it, or set ${options.variable} to where it is; TIDEWATCH_START_TIMEOUT_MS sets how long a start waits.`;
  const context = { dependency: name, address };
  return new EngineError('ERR_STACK_UNAVAILABLE', message, { retryable: false, context, cause });
}
