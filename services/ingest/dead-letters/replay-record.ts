import { EngineError } from '../../core/errors.ts';
import type { CustomerRecord } from '../../core/events/customer-record.ts';
import { keyPartition } from '../../core/events/key-partition.ts';
import type { Claim, ClaimStore } from '../../core/ports/claim-store.ts';
import type { LogSink } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { FoundLetter } from './found-letter.ts';
import type { LetterOutcome } from './letter-outcome.ts';
import { tryOpen } from './open-letter.ts';
import type { LetterKeys } from './open-letter.ts';

export interface ReplayRecordDeps {
  readonly codec: RecordCodec<CustomerRecord>;
  readonly claims: ClaimStore;
  readonly sink: LogSink;
  readonly keys: LetterKeys;
  /** The events topic. */
  readonly topic: string;
  /** Its partitions. */
  readonly partitions: number;
}

/** Records that stand for themselves. Control records mean the place where they stood. */
const movable: ReadonlySet<string> = new Set(['event', 'event-retracted']);

/** Puts the record that a letter of the scorer is about onto the events topic again: the same bytes, the same key. */
export function createReplayRecord(deps: ReplayRecordDeps) {
  return async (found: FoundLetter, dryRun: boolean): Promise<LetterOutcome> => {
    const { id, letter, key } = found;
    const refuse = (detail: string): LetterOutcome => ({ id, outcome: 'refused', code: null, detail });
    if (letter.topic !== deps.topic) return refuse(`it is about a record of ${letter.topic}, not of ${deps.topic}`);
    const opened = tryOpen(letter, deps.keys);
    if (typeof opened === 'string') return refuse(opened);
    const [record] = await deps.codec.decode([opened.original]);
    if (record instanceof EngineError) return refuse(`its record still cannot be read: ${record.message}`);
    if (!movable.has(record.kind)) return refuse(`its record is of the kind "${record.kind}", which means its place`);
    if (!deps.keys.tenants.has(record.tenant)) {
      return refuse(`its tenant "${record.tenant}" is not in the installation file; add it and replay again`);
    }
    if (dryRun) return { id, outcome: 'ready', code: null, detail: null };
    return publishOnce(found, { value: opened.original, key: key ?? record.surrogate }, deps);
  };
}

/** Under a claim of the letter, so that two who replay it at the same moment write one record. */
async function publishOnce(
  { id, recordedAt }: FoundLetter,
  { key, value }: { readonly key: string; readonly value: Buffer },
  { claims, sink, topic, partitions }: ReplayRecordDeps,
): Promise<LetterOutcome> {
  const claim: Claim = { tenant: '', source: 'dead-letter', eventId: `${id}-${recordedAt}`, contentHash: topic };
  const [held] = await claims.claim([claim]);
  if (held === 'pending') {
    return { id, outcome: 'try-again', code: 'ERR_EVENT_PENDING', detail: 'somebody else is replaying it right now' };
  }
  if (held !== 'claimed') return { id, outcome: 'duplicate', code: null, detail: null };
  try {
    await sink.publish([{ topic, key, value, partition: keyPartition(Buffer.from(key), partitions) }]);
  } catch (error) {
    await claims.release([claim]).catch(() => undefined);
    throw error;
  }
  // Left to lapse by itself where Redis is away: the mark of the letter settles it as well.
  await claims.confirm([claim]).catch(() => undefined);
  return { id, outcome: 'published', code: null, detail: null };
}
