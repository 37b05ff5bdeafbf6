import type { ProfileEntry } from '../../core/profile/profile-entry.ts';
import type { Surrogate } from '../../core/units.ts';
import type { ScorerTenant } from '../scorer-tenant.ts';

/** Text of an entry's value, opened; null where it says nothing, undefined where it cannot be read. */
export type OpenEntry = (entry: ProfileEntry) => string | null | undefined;

export function createEntryOpener(tenant: ScorerTenant | undefined, surrogate: Surrogate): OpenEntry {
  return ({ name, origin, value }) => {
    if (value.kind === 'clear') return value.value === null ? null : String(value.value);
    const sealer = origin.keyId === null ? null : tenant?.sealerFor(origin.keyId);
    if (value.kind !== 'sealed' || sealer === null || sealer === undefined) return undefined;
    const text = sealer.open(value.bytes, `${tenant!.id}|${surrogate}|${name}`).toString('utf8');
    return text === 'null' ? null : text;
  };
}
