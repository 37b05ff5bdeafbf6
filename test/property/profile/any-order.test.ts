import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { decodeProfile } from '../../../services/core/profile/decode-profile.ts';
import { encodeProfile } from '../../../services/core/profile/encode-profile.ts';
import { mergeProfile } from '../../../services/core/profile/merge-profile.ts';
import { mostProfileEntries } from '../../../services/core/profile/profile-entry.ts';
import type { Profile } from '../../../services/core/profile/profile-entry.ts';
import { readEntries } from '../../../services/core/profile/read-entries.ts';
import { showProfile } from '../../../services/core/profile/show-profile.ts';
import { naiveProfile } from '../../support/naive-profile.ts';
import { profileRecords, takenBack } from '../../support/profile-records.ts';
import { runs } from '../../support/property-runs.ts';

/** One after the other, each time through the packed form. */
function profileOf(records: readonly CustomerRecord[], before: Profile = []): Profile {
  return records.reduce(
    (profile, record) => decodeProfile(encodeProfile(mergeProfile(profile, readEntries(record)))),
    before,
  );
}

function shown(profile: Profile) {
  return Object.fromEntries(
    showProfile(profile).map(({ name, now: { origin, value } }) => {
      const text = value.kind === 'sealed' ? value.bytes.toString('utf8') : value.kind;
      return [name, { value: text, source: origin.source, eventId: origin.eventId }];
    }),
  );
}

/** The same entries in one order, so that two profiles can be compared as a whole. */
function sorted(profile: Profile): unknown[] {
  return profile.map((entry) => JSON.stringify(entry)).sort();
}

/** Records in two orders; in the second some stand more than once, a few as ingest would write them again later. */
function twoOrders(names: number, maxLength?: number) {
  return profileRecords(names, maxLength).chain((records) =>
    fc.tuple(
      fc.constant(records),
      fc.shuffledSubarray(records, { minLength: records.length }),
      fc.array(fc.record({ of: fc.nat(), at: fc.nat(), later: fc.constantFrom(0, 0, 60_000) }), { maxLength: 15 }),
    ),
  );
}

function withCopies(records: readonly CustomerRecord[], copies: readonly { of: number; at: number; later: number }[]) {
  const all = [...records];
  for (const { of, at, later } of records.length === 0 ? [] : copies) {
    const original = records[of % records.length];
    all.splice(at % (all.length + 1), 0, { ...original, receivedAt: original.receivedAt + later });
  }
  return all;
}

describe('a profile', () => {
  it('shows the last word on each field, whatever the order and however often its events come', () => {
    fc.assert(
      fc.property(twoOrders(6), ([records, shuffled, copies]) => {
        const repeated = withCopies(shuffled, copies);
        expect(shown(profileOf(records))).toEqual(naiveProfile(records));
        expect(sorted(profileOf(repeated))).toEqual(sorted(profileOf(records)));
      }),
      { numRuns: runs(200) },
    );
  });

  it('is as large as it may be and keeps the newest, in any order', () => {
    fc.assert(
      fc.property(twoOrders(150, 60), ([records, shuffled, copies]) => {
        const profile = profileOf(withCopies(shuffled, copies));
        expect(profile.length).toBeLessThanOrEqual(mostProfileEntries);
        expect(shown(profile)).toEqual(naiveProfile(records, mostProfileEntries));
        expect(sorted(profile)).toEqual(sorted(profileOf(records)));
      }),
      { numRuns: runs(30) },
    );
  });

  it('is the same when it was read again from an earlier place, or merged by two at once', () => {
    fc.assert(
      fc.property(profileRecords(6), fc.nat(), fc.nat(), (records, from, to) => {
        const whole = profileOf(records);
        const [begin, end] = [from % (records.length + 1), to % (records.length + 1)];
        expect(sorted(profileOf(records.slice(begin), whole))).toEqual(sorted(whole));
        const both = mergeProfile(profileOf(records.slice(0, end)), profileOf(records.slice(begin)));
        if (begin <= end) expect(sorted(both)).toEqual(sorted(whole));
      }),
      { numRuns: runs(200) },
    );
  });

  it('shows of an import that was taken back nothing, in any order', () => {
    fc.assert(
      fc.property(profileRecords(6), fc.nat(), (records, turn) => {
        const retractions = records.filter(({ importId }) => importId !== null).map(takenBack);
        const all = [...records, ...retractions];
        const turned = [...all.slice(turn % (all.length + 1)), ...all.slice(0, turn % (all.length + 1))];
        const without = records.filter(({ importId }) => importId === null);
        expect(shown(profileOf(turned))).toEqual(naiveProfile(all));
        expect(shown(profileOf(turned))).toEqual(shown(profileOf(without)));
      }),
      { numRuns: runs(200) },
    );
  });
});
