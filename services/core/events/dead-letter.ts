import type { ErrorCode } from '../errors.ts';
import type { EpochMs } from '../units.ts';

/** One dead letter, field for field as in `schemas/dead-letter.v1.avsc`. */
export interface DeadLetterRecord {
  readonly tenant: string | null;
  readonly source: string | null;
  readonly eventId: string | null;
  readonly code: ErrorCode;
  /** What, where and what to do; no personal data. */
  readonly detail: string;
  /** The step that gave up, such as `scorer.decode`. */
  readonly step: string;
  readonly topic: string | null;
  readonly partition: number | null;
  readonly offset: number | null;
  readonly recordedAt: EpochMs;
  readonly keyId: string | null;
  /** The bytes as they came, sealed. */
  readonly original: Buffer;
  /** The usual channel of the write key that the event came under. */
  readonly channel: string | null;
  readonly importId: string | null;
  /** Name of the dialect that translates the original; null where it is not an event of a client. */
  readonly dialect: string | null;
  readonly call: string | null;
  /** What the request said about all of its events, sealed; null where the letter does not hold the whole event. */
  readonly share: Buffer | null;
}

/** The fields of a letter that is not about an event as a client sent it. */
export const untranslated = {
  channel: null,
  importId: null,
  dialect: null,
  call: null,
  share: null,
} as const satisfies Partial<DeadLetterRecord>;
