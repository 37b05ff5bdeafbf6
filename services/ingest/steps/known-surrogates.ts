import { surrogateId } from '../../core/identity/surrogate-id.ts';
import type { Digest } from '../../core/ports/digest.ts';
import type { Surrogate } from '../../core/units.ts';

/** Per tenant; a full memory begins anew, so that made-up ids do not fill it. */
const room = 20_000;

interface Known {
  /** Type of id → id → surrogate. */
  readonly byType: Map<string, Map<string, Surrogate>>;
  size: number;
}

const byKey = new WeakMap<Buffer, Known>();

/** `surrogateId`, remembered: customers come again, and a keyed hash costs more than most other steps. */
export function knownSurrogate(digest: Digest, key: Buffer, idType: string, canonicalId: string): Surrogate {
  let known = byKey.get(key);
  if (known === undefined) byKey.set(key, (known = { byType: new Map(), size: 0 }));
  const before = known.byType.get(idType)?.get(canonicalId);
  if (before !== undefined) return before;
  const surrogate = surrogateId(digest, key, idType, canonicalId);
  remember(known, idType, canonicalId, surrogate);
  return surrogate;
}

function remember(known: Known, idType: string, canonicalId: string, surrogate: Surrogate): void {
  if (known.size === room) {
    known.byType.clear();
    known.size = 0;
  }
  let ofType = known.byType.get(idType);
  if (ofType === undefined) known.byType.set(idType, (ofType = new Map<string, Surrogate>()));
  ofType.set(canonicalId, surrogate);
  known.size += 1;
}
