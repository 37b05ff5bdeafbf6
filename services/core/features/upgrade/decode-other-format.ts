import { EngineError } from '../../errors.ts';
import type { CustomerState } from '../customer-state.ts';
import { stateCorrupt } from '../state-corrupt.ts';
import { stateFormatVersion } from '../state-format.ts';
import { decodeFormat1 } from './decode-format-1.ts';

/** One decoder per format that an earlier release wrote; each yields today's state. */
const decoders: ReadonlyMap<number, (bytes: Buffer, version: number) => CustomerState> = new Map([[1, decodeFormat1]]);

/**
 * Reads a state that is not of today's format. What a newer release wrote is refused and left as it is: a guess would
 * lose what that release added, and the next write would make the loss permanent.
 * @param version the state's version number, as stored beside the bytes
 * @throws EngineError ERR_STATE_CORRUPT for a newer or no format
 */
export function decodeOtherFormat(bytes: Buffer, version: number): CustomerState {
  if (bytes.length === 0) throw stateCorrupt('it has no bytes');
  const format = bytes[0];
  const decode = decoders.get(format);
  if (decode !== undefined) return decode(bytes, version);
  if (format < stateFormatVersion) throw stateCorrupt(`no release wrote its format ${format}`);
  const message =
    `A customer state has format ${format}, and this release reads up to format ${stateFormatVersion}: a newer release ` +
    'wrote it, or its bytes are damaged. Run the newer release; only if there is none, rebuild this customer from the log.';
  throw new EngineError('ERR_STATE_CORRUPT', message, {
    retryable: false,
    context: { format, newestKnown: stateFormatVersion },
  });
}
