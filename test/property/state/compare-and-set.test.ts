import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { resolveConflict } from '../../../services/core/features/compare-and-set.ts';
import type { CustomerState, Mark } from '../../../services/core/features/customer-state.ts';
import { decodeState } from '../../../services/core/features/decode-state.ts';
import { emptyState } from '../../../services/core/features/empty-state.ts';
import { encodeState } from '../../../services/core/features/encode-state.ts';
import { findMark } from '../../../services/core/features/marks.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import { aRecord } from '../../support/builders.ts';
import { applyAll } from '../../support/fold-history.ts';
import { runs } from '../../support/property-runs.ts';

const dayMs = 86_400_000;
const records: CustomerRecord[] = Array.from({ length: 30 }, (_, index) =>
  aRecord({ eventId: `event ${index}`, occurredAt: Date.UTC(2026, 0, 1) + ((index * 7) % 30) * dayMs }),
);

interface Stored {
  readonly version: number;
  readonly bytes: Buffer;
}

/** `snapshots[n]`: what the store holds after records 0 to n-1, each applied once. */
const snapshots: (Stored | null)[] = [null];
const reference = emptyState();
for (let offset = 0; offset < records.length; offset++) {
  applyAll(reference, [records[offset]], offset);
  snapshots.push({ version: reference.version, bytes: encodeState(reference) });
}

interface Work {
  state: CustomerState;
  expectedVersion: number;
  baseMark: Mark | null;
  end: number;
}

/**
 * One customer's hash, its partition and two writers that both believe they own it. A store that loses writes breaks
 * its connections: a writer compares marks before its next load, but what it has loaded already, it goes on to write.
 */
class TwoOwners {
  stored: Stored | null = null;
  committed = 0;
  work: [Work | null, Work | null] = [null, null];
  private hasReconnected: [boolean, boolean] = [false, false];

  fold(writer: 0 | 1, count: number): void {
    if (this.hasReconnected[writer]) this.rewind();
    this.hasReconnected[writer] = false;
    const end = Math.min(records.length, this.committed + count);
    if (end > this.committed) this.work[writer] = this.start(end);
  }

  write(writer: 0 | 1): void {
    const work = this.work[writer];
    if (work === null) return;
    this.work[writer] = null;
    if ((this.stored?.version ?? 0) === work.expectedVersion) this.accept(work);
    else this.resolve(writer, work);
  }

  loseWrites(count: number): void {
    this.stored = snapshots[Math.max(0, (this.stored?.version ?? 0) - count)]!;
    this.hasReconnected = [true, true];
  }

  /** The store's mark bounds where a writer goes on. */
  private rewind(): void {
    this.committed = Math.min(this.committed, (markOf(this.load())?.offset ?? -1) + 1);
  }

  private start(end: number): Work {
    const state = this.load();
    const baseMark = markOf(state);
    const expectedVersion = this.stored?.version ?? 0;
    const first = Math.min(this.committed, end);
    applyAll(state, records.slice(first, end), first);
    return { state, expectedVersion, baseMark, end };
  }

  private accept(work: Work): void {
    if (work.state.version > work.expectedVersion) {
      this.stored = { version: work.state.version, bytes: encodeState(work.state) };
    }
    this.committed = Math.max(this.committed, work.end);
  }

  private resolve(writer: 0 | 1, work: Work): void {
    const resolution = resolveConflict({
      storedVersion: this.stored?.version ?? 0,
      storedMark: markOf(this.load()),
      baseMark: work.baseMark,
      targetMark: { epoch: 1, partition: 0, offset: work.end - 1 },
    });
    if (resolution === 'regressed') this.rewind();
    if (resolution === 'done') this.committed = Math.max(this.committed, work.end);
    if (resolution === 'refold') this.work[writer] = this.refold(work);
  }

  private refold(work: Work): Work {
    const state = this.load();
    const baseMark = markOf(state);
    const first = (baseMark?.offset ?? -1) + 1;
    applyAll(state, records.slice(first, work.end), first);
    return { state, expectedVersion: this.stored?.version ?? 0, baseMark, end: work.end };
  }

  private load(): CustomerState {
    return this.stored === null ? emptyState() : decodeState(this.stored.bytes, this.stored.version);
  }
}

function markOf(state: CustomerState): Mark | null {
  return findMark(ownBlock(state).marks, 1, 0);
}

const writer = fc.constantFrom(0 as const, 1 as const);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('fold' as const), writer, count: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('write' as const), writer, count: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), writer, count: fc.integer({ min: 1, max: 6 }) }) },
); // prettier-ignore

describe('a refused compare-and-set', () => {
  it('never makes two owners and a forgetful store count a record twice or lose one', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const owners = new TwoOwners();
        for (const { do: what, writer, count } of steps) {
          if (what === 'fold') owners.fold(writer, count);
          else if (what === 'write') owners.write(writer);
          else owners.loseWrites(count);
          const version = owners.stored?.version ?? 0;
          expect(owners.stored).toEqual(snapshots[version]);
        }
        owners.work = [null, null];
        owners.loseWrites(0);
        owners.fold(0, records.length);
        owners.write(0);
        expect(owners.stored).toEqual(snapshots[records.length]);
        expect(owners.committed).toBe(records.length);
      }),
      { numRuns: runs(500) },
    );
  });

  it('is answered for every combination of marks, by their order in the log alone', () => {
    const marks: (Mark | null)[] = [null];
    for (const epoch of [1, 2]) for (const offset of [0, 1, 2]) marks.push({ epoch, partition: 0, offset });
    marks.forEach((storedMark, stored) =>
      marks.forEach((baseMark, base) =>
        marks.forEach((targetMark, target) => {
          const expected = stored < base ? 'regressed' : stored < target ? 'refold' : 'done';
          const facts = { storedVersion: 1, storedMark, baseMark, targetMark };
          expect(resolveConflict(facts), JSON.stringify(facts)).toBe(expected);
        }),
      ),
    );
  });
});
