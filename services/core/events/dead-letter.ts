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
}
