import type { Envelope } from '../../core/events/customer-record.ts';
import type { Sealer } from '../../core/ports/sealer.ts';
import { ingestLimits } from '../ingest-limits.ts';
import { customerRef } from './customer-ref.ts';
import { boundTo } from './field-owner.ts';
import type { FieldOwner } from './field-owner.ts';
import { sealReference } from './sealed-reference.ts';

type SealedField = Envelope['fields'][number];

/** Name of the field that holds, as one object, what is beyond the number of fields sealed singly. */
const remainder = 'remainder';

/**
 * Seals personal fields one by one, so that each can be shown without opening the others. Texts are sealed as UTF-8,
 * other values as JSON.
 * @param owner a sealed field opens only for this customer and under its own name: it is bound to
 *   `tenant|surrogate|name`
 * @returns null when there is nothing to seal
 */
export function sealFields(fields: ReadonlyMap<string, unknown>, sealer: Sealer, owner: FieldOwner): Envelope | null {
  if (fields.size === 0) return null;
  const single = fields.size <= ingestLimits.sealedFields ? fields : withRemainder([...fields]);
  const sealed: SealedField[] = [];
  for (const [name, value] of single) sealed.push(sealField(name, value, sealer, owner));
  return { keyId: sealer.keyId, fields: sealed };
}

function withRemainder(entries: readonly (readonly [string, unknown])[]): (readonly [string, unknown])[] {
  const others = entries.slice(ingestLimits.sealedFields);
  return [...entries.slice(0, ingestLimits.sealedFields), [remainder, Object.fromEntries(others)]];
}

function sealField(name: string, value: unknown, sealer: Sealer, owner: FieldOwner): SealedField {
  if (name === customerRef && typeof value === 'string') return { name, sealed: sealReference(sealer, value, owner) };
  const clear = name.slice(0, ingestLimits.attributeCharacters).toWellFormed();
  return { name: clear, sealed: sealer.seal(toBytes(value), boundTo(owner, clear)) };
}

function toBytes(value: unknown): Buffer {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value), 'utf8');
}
