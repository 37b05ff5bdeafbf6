import type { ClientEvent } from '../client-event.ts';
import type { EventResult } from '../event-result.ts';
import type { JsonObject } from '../json-object.ts';

/** One path of a dialect. */
export interface DialectCall {
  readonly method: 'GET' | 'POST';
  /** Without a trailing slash; the server takes both. */
  readonly path: string;
  /** What the path means to the dialect: for Segment `batch`, `track`, … */
  readonly call: string;
}

/** A request as it came, decompressed and parsed. */
export interface ClientRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Any JSON value; undefined where the request has no body. */
  readonly body: unknown;
}

/** A request taken apart into its events. */
export interface OpenedRequest {
  /** What the request says about all of its events. Plain JSON, so that a dead letter can keep it beside the event. */
  readonly share: JsonObject;
  /** Any JSON values. */
  readonly events: readonly unknown[];
  /**
   * Top-level member of the body whose elements are the events; `list` where the body is a list of them, `body` where it
   * is the only one; `none` where an event was put together from other parts of the request.
   */
  readonly from: { readonly member: string } | 'list' | 'body' | 'none';
}

/**
 * A client protocol. A dialect translates and nothing else: it neither refuses events nor knows tenants, time, Kafka or
 * HTTP. To serve another protocol, add a folder with one of these and a line in `dialects.ts`.
 */
export interface Dialect {
  readonly name: string;
  readonly calls: readonly DialectCall[];
  /** Whether clients of the call read of each event whether to send it again: then one that must wait delays no other. */
  readonly retriesEvents?: (call: string) => boolean;
  /** The JSON in a body that is none itself, such as a form. */
  toJson?(text: string, request: Omit<ClientRequest, 'body'>): string;
  /** The write key where the protocol puts it into the body or the query; looked at when the headers carry none. */
  writeKey(request: ClientRequest): unknown;
  /**
   * @param call one of `calls[].call`
   * @returns a sentence that says what is wrong with a request that is none of this dialect
   */
  open(call: string, request: ClientRequest): OpenedRequest | string;
  /**
   * A pure function of its arguments, so that a dead letter can be translated once more.
   * @param event one of `OpenedRequest.events`
   */
  translate(call: string, event: unknown, share: JsonObject): ClientEvent;
  /** The JSON body of a 2xx answer, where clients of the protocol expect one of their own. */
  answer?(call: string, results: readonly EventResult[]): string | undefined;
}
