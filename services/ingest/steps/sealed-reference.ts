import type { Sealer } from '../../core/ports/sealer.ts';

interface SealedReference {
  readonly reference: string;
  readonly sealed: Buffer;
}

/** Per tenant; a full memory begins anew, so that made-up ids do not fill it. */
const room = 20_000;
const bySealer = new WeakMap<Sealer, Map<string, SealedReference>>();

/**
 * The business's own id of a customer, sealed once for all of the customer's events while it is remembered: one seal with
 * a nonce of its own, whose bytes stand in several records. That they are equal tells nothing that the equal surrogate
 * beside them does not tell (decision 0012). No other field may be sealed so.
 * @param bound associated data; names tenant, customer and field
 */
export function sealReference(sealer: Sealer, reference: string, bound: string): Buffer {
  let known = bySealer.get(sealer);
  if (known === undefined) bySealer.set(sealer, (known = new Map<string, SealedReference>()));
  const before = known.get(bound);
  if (before !== undefined && before.reference === reference) return before.sealed;
  // Memory of its own: a piece of a shared block would keep all of that block.
  const sealed = Buffer.from(new Uint8Array(sealer.seal(Buffer.from(reference, 'utf8'), bound)).buffer);
  if (known.size === room) known.clear();
  known.set(bound, { reference, sealed });
  return sealed;
}
