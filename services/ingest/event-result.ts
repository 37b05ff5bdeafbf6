import type { ErrorCode } from '../core/errors.ts';

export const resultNames = ['accepted', 'duplicate', 'rejected', 'suppressed', 'conflict'] as const;

/** What became of an event that was answered 2xx; every event has exactly one. */
export type ResultName = (typeof resultNames)[number];

export interface EventResult {
  /** The client's event id, or `#<index>` where the event has no usable one. */
  readonly key: string;
  /** `retry`: nothing is promised, the client shall send this event again; such an event is not counted as answered. */
  readonly result: ResultName | 'retry';
  /** Null for accepted and duplicate events. */
  readonly code: ErrorCode | null;
  readonly detail: string | null;
}
