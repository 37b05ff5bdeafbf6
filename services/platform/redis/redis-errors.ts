import { EngineError } from '../../core/errors.ts';
import { describeDenial } from './describe-denial.ts';

const advice = 'the work is repeated; check that Redis is up, reachable and accepts writes';

/** What a Redis server answers when the command itself is at fault; repeating it would not help. */
const ownFault = /^(?:ERR|NOSCRIPT|CROSSSLOT|EXECABORT|UNKILLABLE|INVALIDOBJ)\b/;

/** Redis 6 wraps what a command inside a script answered; its own code stands behind the last place in the script. */
const insideScript =
  /^ERR Error running script .*: -?((?:READONLY|OOM|MISCONF|LOADING|MASTERDOWN|NOREPLICAS|BUSY|NOPERM)\b.*)$/s;

/** What Redis answered, also where a script stood between. */
export function unwrapScriptError(text: string): string {
  return insideScript.exec(text)?.[1] ?? text;
}

/**
 * Every error of the Redis client as the engine's own. Only the name of the command is kept: the client hangs the
 * arguments, and so payloads, on its errors.
 * @param command name of the command or script that failed
 */
export function toEngineError(error: unknown, command: string): EngineError {
  if (error instanceof EngineError) return error;
  const name = error instanceof Error ? error.name : typeof error;
  const text = unwrapScriptError(error instanceof Error ? error.message : String(error));
  const cause = Object.assign(new Error(text), { name });
  const context = { command };
  if (name === 'ReplyError' && text.startsWith('WRONGTYPE')) {
    const message = `${command} met a Redis key of another type; another program writes under this key prefix`;
    return new EngineError('ERR_STATE_CORRUPT', message, { retryable: false, context, cause });
  }
  const denial = name === 'ReplyError' ? describeDenial(text, command) : null;
  // Repeated, since a right may be granted meanwhile; only a start gives up at once.
  if (denial !== null) return new EngineError('ERR_STORE_DENIED', denial, { retryable: true, context, cause });
  const isBug = error instanceof TypeError || error instanceof RangeError || !(error instanceof Error);
  if (isBug || (name === 'ReplyError' && ownFault.test(text))) {
    return new EngineError('ERR_INTERNAL', `${command} failed: ${text}`, { retryable: false, context, cause });
  }
  return new EngineError('ERR_STORE_UNAVAILABLE', `Redis did not serve ${command} (${text}); ${advice}`, {
    retryable: true,
    context,
    cause,
  });
}
