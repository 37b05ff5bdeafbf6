import type { Writable } from 'node:stream';

/** What a verb may touch of the process it runs in. */
export interface CliIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly stdout: Writable;
  /** Progress and errors. */
  readonly stderr: Writable;
  /** Whether a person looks at `stderr`; then progress is drawn, else it is written in lines. */
  readonly isTerminal: boolean;
}
