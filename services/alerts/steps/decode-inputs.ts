import { EngineError } from '../../core/errors.ts';
import { addInput, type AlertsContext } from '../alerts-context.ts';
import type { InputReader } from '../input-reader.ts';

/** Bytes to inputs, gathered by customer, by the reader of the chunk's topic. */
export function createDecodeInputs(
  readers: ReadonlyMap<string, InputReader>,
): (context: AlertsContext) => Promise<void> {
  return async function decodeInputs(context) {
    const { chunk, customers } = context;
    const { inputs, unreadable } = await readerOf(readers, chunk.topic).read(chunk);
    for (const { key, input } of inputs) addInput(customers, key, input);
    context.unreadable = unreadable;
  };
}

export function readerOf(readers: ReadonlyMap<string, InputReader>, topic: string): InputReader {
  const reader = readers.get(topic);
  if (reader !== undefined) return reader;
  const message = `Alerts was handed a chunk of ${topic}, which it does not read.`;
  throw new EngineError('ERR_INTERNAL', message, { retryable: false, context: { topic } });
}
