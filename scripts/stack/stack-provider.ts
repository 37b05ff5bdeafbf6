import type { Stack, StackMode } from './stack.ts';

export type Log = (line: string) => void;

export interface StackContext {
  /** Top folder of the checkout; everything is kept under its `.tidewatch`. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `kept` goes on with the data of the last run, `temporary` starts empty and leaves nothing behind. */
  readonly data: 'kept' | 'temporary';
  readonly log: Log;
}

export interface Availability {
  readonly available: boolean;
  /** Why it can be used, or what is missing and what to do: one sentence. */
  readonly reason: string;
}

/** One way to get a stack. A further mode is one more file with a provider, and a line in `stack-providers.ts`. */
export interface StackProvider {
  readonly mode: StackMode;
  /** Looks without starting anything. Rejects only when the request itself is contradictory. */
  probe(context: StackContext): Promise<Availability>;
  /** Resolves once every part answers. */
  start(context: StackContext, reason: string): Promise<Stack>;
}
