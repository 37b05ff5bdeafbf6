/** Work on one traced request or record. */
export interface TraceSpan {
  /** What goes with the records that come of it, as the header `traceparent` (W3C Trace Context). */
  readonly traceparent: string;
  /** @param fault code of what failed it */
  end(fault?: string): void;
}

/** Follows single requests on their way through the services. Names and attributes hold nothing of a customer. */
export interface Tracer {
  /** Begins a trace; null where this one is not followed, which is nearly always. */
  begin(name: string): TraceSpan | null;
  /** Goes on with the trace of a record; null where it has none, or nothing is followed. */
  follow(name: string, traceparent: string | undefined): TraceSpan | null;
  /** Sends what is kept, as far as somebody takes it. */
  stop(): Promise<void>;
}

/** Follows nothing and costs nothing. */
export const noTracer: Tracer = {
  begin: () => null,
  follow: () => null,
  stop: () => Promise.resolve(),
};

/** The headers of a record that comes of a span; none where nothing is followed. */
export function traceHeaders(span: TraceSpan | null | undefined): { headers?: { traceparent: string } } {
  return span === null || span === undefined ? {} : { headers: { traceparent: span.traceparent } };
}
