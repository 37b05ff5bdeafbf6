import { EngineError } from '../../core/errors.ts';
import type { CustomerKey, StateStore } from '../../core/ports/state-store.ts';
import { decodeProfile } from '../../core/profile/decode-profile.ts';
import { encodeProfile } from '../../core/profile/encode-profile.ts';
import { mergeProfile } from '../../core/profile/merge-profile.ts';
import type { ProfileEntry } from '../../core/profile/profile-entry.ts';
import { readEntries } from '../../core/profile/read-entries.ts';
import type { ScorerContext } from '../scorer-context.ts';
import { customerId } from './load-states.ts';

interface Said {
  readonly key: CustomerKey;
  readonly entries: ProfileEntry[];
}

/** Only a process that lost the partition unnoticed can write beside this one. */
const mostTries = 5;

/**
 * Brings what the chunk's records say about their customers into the stored profiles; costs nothing where they say
 * nothing. Merging again changes nothing, so neither marks nor watermark are asked: records that come again after a
 * crash, from two writers, or after the store went backwards end in the same profile.
 */
export function createKeepProfiles(profiles: StateStore): (context: ScorerContext) => Promise<void> {
  return async function keepProfiles(context) {
    let open = collect(context);
    for (let tries = 0; open.length > 0; tries++) {
      if (tries === mostTries) throw contended(context.chunk.partition);
      open = await mergeStored(open, profiles);
    }
  };
}

function collect({ records, nextOffset }: ScorerContext): readonly Said[] {
  const byCustomer = new Map<string, Said>();
  for (const { raw, record } of records) {
    const entries = raw.offset < nextOffset ? readEntries(record) : [];
    if (entries.length === 0) continue;
    const { tenant, surrogate } = record;
    const id = customerId(tenant, surrogate);
    const said = byCustomer.get(id);
    if (said === undefined) byCustomer.set(id, { key: { tenant, surrogate }, entries: [...entries] });
    else said.entries.push(...entries);
  }
  return [...byCustomer.values()];
}

/** @returns what has to be merged again, because somebody else wrote those profiles meanwhile */
async function mergeStored(wanted: readonly Said[], profiles: StateStore): Promise<readonly Said[]> {
  const stored = await profiles.load(wanted.map(({ key }) => key));
  const updates = wanted.flatMap((said, i) => {
    const found = stored[i];
    const before = found === null ? [] : decodeProfile(found.bytes);
    const after = mergeProfile(before, said.entries);
    if (after === before) return [];
    const expectedVersion = found?.version ?? 0;
    const update = { key: said.key, expectedVersion, version: expectedVersion + 1, bytes: encodeProfile(after) };
    return [{ said, update }];
  });
  if (updates.length === 0) return [];
  const written = await profiles.compareAndSet(updates.map(({ update }) => update));
  return updates.filter((_, i) => !written[i]).map(({ said }) => said);
}

function contended(partition: number): EngineError {
  const message = 'Another writer changes the profiles of the chunk again and again; it is tried anew.';
  return new EngineError('ERR_STATE_CONFLICT', message, { retryable: true, context: { partition } });
}
