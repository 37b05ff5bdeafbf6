import { ROOT_CONTEXT, type Span, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { noTracer, type Tracer, type TraceSpan } from '../../core/ports/tracer.ts';
import { productVersion } from './product-version.ts';

export interface TracerConfig {
  /** Address that takes OTLP over HTTP, such as `http://127.0.0.1:4318/v1/traces`; undefined follows nothing. */
  readonly TIDEWATCH_OTLP_ENDPOINT?: string | undefined;
  /** One of so many requests begins a trace. */
  readonly TIDEWATCH_TRACE_EVERY: number;
}

export interface TracerOptions {
  readonly service: string;
  readonly config: TracerConfig;
  readonly random?: () => number;
}

/** Spans beyond this are dropped: a collector that is away must not cost memory. */
const keptSpans = 2_048;
const exportTimeoutMs = 5_000;
const sendAfterMs = 1_000;
const parentPattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/u;

/** Traces for an OpenTelemetry collector, sent in batches beside the work; what cannot be sent is dropped. */
export function createTracer({ service, config, random = Math.random }: TracerOptions): Tracer {
  const { TIDEWATCH_OTLP_ENDPOINT: endpoint, TIDEWATCH_TRACE_EVERY: every } = config;
  if (endpoint === undefined) return noTracer;
  const exporter = new OTLPTraceExporter({ url: endpoint, timeoutMillis: exportTimeoutMs });
  const processor = new BatchSpanProcessor({
    exporter,
    maxQueueSize: keptSpans,
    scheduledDelayMillis: sendAfterMs,
    exportTimeoutMillis: exportTimeoutMs,
  });
  const resource = resourceFromAttributes({
    'service.name': `tidewatch-${service}`,
    'service.version': productVersion,
  });
  const provider = new TracerProvider({ resource, spanProcessors: [processor] });
  const tracer = provider.getTracer('tidewatch', productVersion);
  return {
    begin: (name) => (random() * every < 1 ? toTraceSpan(tracer.startSpan(name, {}, ROOT_CONTEXT)) : null),
    follow(name, traceparent) {
      const parent = traceparent === undefined ? null : readParent(traceparent);
      return parent === null
        ? null
        : toTraceSpan(tracer.startSpan(name, {}, trace.setSpanContext(ROOT_CONTEXT, parent)));
    },
    stop: () => provider.shutdown().catch(() => undefined),
  };
}

function toTraceSpan(span: Span): TraceSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    traceparent: `00-${traceId}-${spanId}-01`,
    end(fault) {
      if (fault !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: fault });
      span.end();
    },
  };
}

/** Null for what is no context, and for what its sender does not follow. */
function readParent(traceparent: string) {
  const match = parentPattern.exec(traceparent);
  if (match === null || (Number.parseInt(match[3], 16) & TraceFlags.SAMPLED) === 0) return null;
  return { traceId: match[1], spanId: match[2], traceFlags: TraceFlags.SAMPLED, isRemote: true };
}
