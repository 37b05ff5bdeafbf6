import type { Envelope } from '../../core/events/customer-record.ts';
import type { Sealer } from '../../core/ports/sealer.ts';
import { ingestLimits } from '../ingest-limits.ts';
import { customerRef } from './customer-ref.ts';
import { sealReference } from './sealed-reference.ts';

/** Name of the field that holds, as one object, what is beyond the number of fields sealed singly. */
const remainder = 'remainder';

/**
 * Seals personal fields one by one, so that each can be shown without opening the others. Texts are sealed as UTF-8,
 * other values as JSON.
 * @param bound `tenant|surrogate`: a sealed field opens only for this customer and under its own name
 * @returns null when there is nothing to seal
 */
export function sealFields(fields: ReadonlyMap<string, unknown>, sealer: Sealer, bound: string): Envelope | null {
  if (fields.size === 0) return null;
  const entries = [...fields];
  const single = entries.slice(0, ingestLimits.sealedFields);
  const others = entries.slice(ingestLimits.sealedFields);
  if (others.length > 0) single.push([remainder, Object.fromEntries(others)]);
  return {
    keyId: sealer.keyId,
    fields: single.map(([name, value]) => {
      const clear = name.slice(0, ingestLimits.attributeCharacters).toWellFormed();
      const binding = `${bound}|${clear}`;
      const isReference = name === customerRef && typeof value === 'string';
      return {
        name: clear,
        sealed: isReference ? sealReference(sealer, value, binding) : sealer.seal(toBytes(value), binding),
      };
    }),
  };
}

function toBytes(value: unknown): Buffer {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value), 'utf8');
}
