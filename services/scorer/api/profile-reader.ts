import type { StateStore } from '../../core/ports/state-store.ts';
import { decodeProfile } from '../../core/profile/decode-profile.ts';
import { showProfile } from '../../core/profile/show-profile.ts';
import type { ShownField } from '../../core/profile/show-profile.ts';
import type { Surrogate } from '../../core/units.ts';
import type { ScorerTenant } from '../scorer-tenant.ts';
import { entryToJson } from './entry-to-json.ts';
import { createEntryOpener } from './open-entry.ts';
import type { OpenEntry } from './open-entry.ts';

export interface ProfileReader {
  /** The fields of a profile as JSON, each with origin and time; null where nothing is known of the customer. */
  read(tenant: string, surrogate: Surrogate): Promise<object | null>;
}

export interface ProfileReaderDeps {
  readonly profiles: Pick<StateStore, 'load'>;
  readonly tenants: ReadonlyMap<string, ScorerTenant>;
}

export function createProfileReader({ profiles, tenants }: ProfileReaderDeps): ProfileReader {
  return {
    async read(tenant, surrogate) {
      const [stored] = await profiles.load([{ tenant, surrogate }]);
      const fields = stored === null ? [] : showProfile(decodeProfile(stored.bytes));
      if (fields.length === 0) return null;
      const open = createEntryOpener(tenants.get(tenant), surrogate);
      return { fields: fields.map((field) => fieldToJson(field, open)) };
    },
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
