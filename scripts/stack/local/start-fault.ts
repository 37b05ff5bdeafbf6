import { EngineError } from '../../../services/core/errors.ts';

/** A part of the local stack that did not come up, with what its log says. */
export class StartFault extends EngineError {
  /** Whether it ended by itself, rather than being too slow. */
  readonly ended: boolean;
  /** The end of its log. */
  readonly log: string;

  constructor(message: string, options: { ended: boolean; log: string; cause: unknown }) {
    super('ERR_STACK_UNAVAILABLE', message, { retryable: false, cause: options.cause });
    this.ended = options.ended;
    this.log = options.log;
  }
}
