import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../../../services/core/errors.ts';
import { pause } from '../pause.ts';
import { SupervisedService } from './supervised-service.ts';

export const serviceNames = ['ingest', 'scorer', 'alerts'] as const;

export type ServiceName = (typeof serviceNames)[number];
export type ServiceUrls = Readonly<Record<ServiceName, string>>;

export interface ServiceSetOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the log files. */
  readonly logs: string;
  readonly log: (line: string) => void;
  readonly onChange: () => void;
  readonly onFailed: (error: unknown) => void;
  readonly signal: AbortSignal;
}

export interface ServiceSet {
  /** Resolves once all three answer ready; rejects when one will not be. */
  ready(): Promise<ServiceUrls>;
  /** Process ids of those that run. */
  pids(): Readonly<Record<string, number>>;
  /** Drains them in the direction of the stream, so that each finishes what the one before still wrote. */
  stop(): Promise<void>;
}

const readyWithinMs = 90_000;

/** Starts the three services at once. */
export function startServices(options: ServiceSetOptions): ServiceSet {
  const services = serviceNames.map((name) => {
    const logFile = join(options.logs, `${name}.log`);
    if (existsSync(logFile)) rmSync(logFile);
    const portVariable = `TIDEWATCH_${name.toUpperCase()}_PORT`;
    return new SupervisedService({ ...options, name, logFile, portVariable });
  });
  return {
    ready: async () => {
      const urls = await Promise.all(services.map((service) => service.ready));
      const byName = Object.fromEntries(services.map((service, index) => [service.name, urls[index]]));
      await Promise.all(urls.map((url) => untilReadyz(url, options.signal)));
      return byName as ServiceUrls;
    },
    pids: () => pidsOf(services),
    stop: async () => {
      for (const service of services) await service.stop();
    },
  };
}

function pidsOf(services: readonly SupervisedService[]): Record<string, number> {
  const entries = services.flatMap((service) => {
    const pid = service.pid();
    return pid === null ? [] : [[service.name, pid] as const];
  });
  return Object.fromEntries(entries);
}

async function untilReadyz(url: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  while (!signal.aborted) {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (answer?.ok === true) return;
    if (Date.now() > deadline) {
      const reasons = answer === null ? 'no answer' : await answer.text();
      const message = `${url} did not become ready within ${readyWithinMs / 1000} s: ${reasons.slice(0, 500)}`;
      throw new EngineError('ERR_INTERNAL', message, { retryable: false });
    }
    await pause(200, signal);
  }
}
