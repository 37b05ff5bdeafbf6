import type { Sealer } from '../../core/ports/sealer.ts';
import type { Surrogate } from '../../core/units.ts';
import { customerRef } from './customer-ref.ts';
import { boundTo } from './field-owner.ts';
import type { FieldOwner } from './field-owner.ts';

interface SealedReference {
  readonly tenant: string;
  readonly reference: string;
  readonly sealed: Buffer;
}

/** Per tenant; a full memory begins anew, so that made-up ids do not fill it. */
const room = 20_000;
const bySealer = new WeakMap<Sealer, Map<Surrogate, SealedReference>>();

/**
 * The business's own id of a customer, sealed once for all of the customer's events while it is remembered: one seal with
 * a nonce of its own, whose bytes stand in several records. That they are equal tells nothing that the equal surrogate
 * beside them does not tell (decision 0012). No other field may be sealed so.
 */
export function sealReference(sealer: Sealer, reference: string, owner: FieldOwner): Buffer {
  const { tenant, surrogate } = owner;
  let known = bySealer.get(sealer);
  if (known === undefined) bySealer.set(sealer, (known = new Map<Surrogate, SealedReference>()));
  const before = known.get(surrogate);
  if (before !== undefined && before.reference === reference && before.tenant === tenant) return before.sealed;
  // Memory of its own: a piece of a shared block would keep all of that block.
  const seal = sealer.seal(Buffer.from(reference, 'utf8'), boundTo(owner, customerRef));
  const sealed = Buffer.from(new Uint8Array(seal).buffer);
  if (known.size === room) known.clear();
  known.set(surrogate, { tenant, reference, sealed });
  return sealed;
}
