import type { StateStore } from '../../core/ports/state-store.ts';
import { decodeProfile } from '../../core/profile/decode-profile.ts';
import { maskValue } from '../../core/profile/mask-value.ts';
import type { ProfileEntry } from '../../core/profile/profile-entry.ts';
import { showProfile } from '../../core/profile/show-profile.ts';
import type { ShownField } from '../../core/profile/show-profile.ts';
import type { Surrogate } from '../../core/units.ts';
import type { ScorerTenant } from '../scorer-tenant.ts';

export interface ProfileReader {
  /** The fields of a profile as JSON, each with origin and time; null where nothing is known of the customer. */
  read(tenant: string, surrogate: Surrogate): Promise<object | null>;
}

export interface ProfileReaderDeps {
  readonly profiles: Pick<StateStore, 'load'>;
  readonly tenants: ReadonlyMap<string, ScorerTenant>;
}

/** Text of an entry's value, opened; null where it says nothing, undefined where it cannot be read. */
type OpenEntry = (entry: ProfileEntry) => string | null | undefined;

export function createProfileReader({ profiles, tenants }: ProfileReaderDeps): ProfileReader {
  return {
    async read(tenant, surrogate) {
      const [stored] = await profiles.load([{ tenant, surrogate }]);
      const fields = stored === null ? [] : showProfile(decodeProfile(stored.bytes));
      if (fields.length === 0) return null;
      const open = createOpener(tenants.get(tenant), surrogate);
      return { fields: fields.map((field) => fieldToJson(field, open)) };
    },
  };
}

function createOpener(tenant: ScorerTenant | undefined, surrogate: Surrogate): OpenEntry {
  return ({ name, origin, value }) => {
    if (value.kind === 'clear') return value.value === null ? null : String(value.value);
    const sealer = origin.keyId === null ? null : tenant?.sealerFor(origin.keyId);
    if (value.kind !== 'sealed' || sealer === null || sealer === undefined) return undefined;
    const text = sealer.open(value.bytes, `${tenant!.id}|${surrogate}|${name}`).toString('utf8');
    return text === 'null' ? null : text;
  };
}

function fieldToJson({ name, now, others }: ShownField, open: OpenEntry): object {
  const text = open(now);
  return {
    name,
    ...entryToJson(now, text),
    others: others.map((other) => {
      const said = open(other);
      const agrees = said === undefined || text === undefined ? null : said === text;
      return { ...entryToJson(other, said), agrees };
    }),
  };
}

/** `value` is null where the event said so, and also where `isReadable` says that it cannot be shown. */
function entryToJson({ origin, value }: ProfileEntry, text: string | null | undefined): object {
  const { source, channel, importId, eventId, occurredAt, receivedAt } = origin;
  const isMasked = value.kind === 'sealed' && typeof text === 'string';
  return {
    value: value.kind === 'clear' ? value.value : isMasked ? maskValue(text) : null,
    isMasked,
    isReadable: text !== undefined,
    source,
    channel,
    importId,
    eventId,
    occurredAt: new Date(occurredAt).toISOString(),
    receivedAt: new Date(receivedAt).toISOString(),
  };
}
