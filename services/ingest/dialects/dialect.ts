import type { ClientEvent } from '../client-event.ts';

/** One path of a dialect. */
export interface DialectCall {
  /** Without a trailing slash; the server takes both. */
  readonly path: string;
  /** What the path means to the dialect: for Segment `batch`, `track`, … */
  readonly call: string;
  /** Top-level member that holds the list of events; null where the body is one event. */
  readonly member: string | null;
}

/**
 * A client protocol. A dialect translates and nothing else: it neither refuses events nor knows tenants, time, Kafka or
 * HTTP. To serve another protocol, add a folder with one of these and a line in `dialects.ts`.
 */
export interface Dialect {
  readonly name: string;
  readonly calls: readonly DialectCall[];
  /** The write key where the protocol puts it into the body; checked when the headers carry none. */
  writeKey(body: unknown): unknown;
  /**
   * @param call one of `calls[].call`
   * @param body the parsed body: any JSON value
   * @returns one per element of `member` in order, or one for the body; null when `member` is no array
   */
  translate(call: string, body: unknown): readonly ClientEvent[] | null;
}
