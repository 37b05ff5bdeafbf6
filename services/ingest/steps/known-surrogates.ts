import { surrogateId } from '../../core/identity/surrogate-id.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { Surrogate } from '../../core/units.ts';

/** Per tenant; a full memory begins anew, so that made-up ids do not fill it. */
const room = 20_000;
const byKey = new WeakMap<Buffer, Map<string, Surrogate>>();

/** `surrogateId`, remembered: customers come again, and a keyed hash costs more than most other steps. */
export function knownSurrogate(digest: Digest, key: Buffer, idType: string, canonicalId: string): Surrogate {
  let known = byKey.get(key);
  if (known === undefined) byKey.set(key, (known = new Map<string, Surrogate>()));
  const id = `${idType}:${canonicalId}`;
  let surrogate = known.get(id);
  if (surrogate === undefined) {
    surrogate = surrogateId(digest, key, idType, canonicalId);
    if (known.size === room) known.clear();
    known.set(id, surrogate);
  }
  return surrogate;
}
