import { EngineError } from '../../core/errors.ts';
import { findFault } from './find-fault.ts';

/** The value of a JSON text. ERR_JSON_INVALID names the place of the fault and shows nothing of the text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new EngineError('ERR_JSON_INVALID', `the body is not valid JSON: ${describePlace(text)}`, {
      retryable: false,
    });
  }
}

function describePlace(text: string): string {
  if (text.trim() === '') return 'it is empty; send one event or {"batch": [ … ]}';
  const at = findFault(text) ?? text.length;
  if (at >= text.length) return 'it ends too early; check that it was sent whole';
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  return `unexpected character at line ${line}, column ${column} (character ${at + 1}); correct the sender`;
}
