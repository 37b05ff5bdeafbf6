import type { DurationMs } from '../../../services/core/units.ts';

export const callNames = [
  'load-control', 'load-states', 'write-states', 'write-watermark', 'produce', 'produce-latest', 'commit', 'heartbeat',
  'fetch', 'index',
] as const; // prettier-ignore

/** What a process asks of the outside. */
export type CallName = (typeof callNames)[number];

/**
 * - `ok`: the call works
 * - `lost`: nothing reaches the other side, the call fails
 * - `half`: a first part of the batch reaches the other side, the call fails
 * - `unheard`: everything reaches the other side, but the answer is lost and the call fails
 * - `late`: the call fails, and everything reaches the other side after that
 */
export const fates = ['ok', 'lost', 'half', 'unheard', 'late'] as const;

export type Fate = (typeof fates)[number];

export interface CallForecast {
  readonly fate: Fate;
  /** Until the request arrives; for `late`, until it arrives after the failure was seen. */
  readonly requestMs: DurationMs;
  readonly replyMs: DurationMs;
}

export interface Call {
  readonly process: number;
  readonly name: CallName;
}

/** Decides what becomes of each call. */
export type Weather = (call: Call) => CallForecast;
