import { pino } from 'pino';
import type { DestinationStream, Logger as PinoLogger } from 'pino';
import { redactSecrets } from './redact-secrets.ts';
import { serializeError } from './serialize-error.ts';

export type Logger = PinoLogger;

export interface LoggerOptions {
  readonly name: string;
  /** `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`. */
  readonly level: string;
  /** Standard output when absent. */
  readonly destination?: DestinationStream;
}

/** A logger that writes one JSON object per line and shows neither secrets nor the payloads that errors carry. */
export function createLogger(options: LoggerOptions): Logger {
  return pino(
    {
      name: options.name,
      level: options.level,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: serializeError, error: serializeError },
      formatters: {
        level: (label) => ({ level: label }),
        log: (entry) => redactSecrets(entry) as Record<string, unknown>,
      },
    },
    options.destination ?? pino.destination({ fd: 1, sync: true }),
  );
}
