import { EngineError } from '../errors.ts';
import { type CustomerLedger, emptyLedger } from './customer-ledger.ts';

const format = 1;

/** JSON of what is not empty, after the number of the format: most customers have few of the parts. */
export function encodeLedger(ledger: CustomerLedger): Buffer {
  const kept = Object.entries(ledger).filter(([, part]) => !isEmpty(part));
  return Buffer.from(JSON.stringify([format, Object.fromEntries(kept)]));
}

/** @throws EngineError ERR_STATE_CORRUPT for bytes that are no ledger, or one of a later version */
export function decodeLedger(bytes: Buffer): CustomerLedger {
  const read = parse(bytes);
  if (!Array.isArray(read) || read[0] !== format) throw corrupt();
  return { ...emptyLedger(), ...(read[1] as Partial<CustomerLedger>) };
}

function isEmpty(part: unknown): boolean {
  if (part === null) return true;
  return typeof part === 'object' && Object.keys(part).length === 0;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw corrupt(cause);
  }
}

function corrupt(cause?: unknown): EngineError {
  const message =
    'A ledger of KPI facts is not readable, or was written by a later version; `tidewatch kpi rebuild` counts anew from the log.';
  return new EngineError('ERR_STATE_CORRUPT', message, { retryable: false, cause });
}
