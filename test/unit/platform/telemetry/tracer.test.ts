import { describe, expect, it } from 'vitest';
import { traceHeaders } from '../../../../services/core/ports/tracer.ts';
import { createTracer } from '../../../../services/platform/telemetry/tracer.ts';
import { openTraceReceiver } from '../../../support/trace-receiver.ts';

describe('a tracer', () => {
  it('keeps one trace from service to service and sends its spans to the collector', async () => {
    const receiver = await openTraceReceiver();
    const [ingest, scorer, alerts] = ['ingest', 'scorer', 'alerts'].map((service) =>
      createTracer({ service, config: { TIDEWATCH_OTLP_ENDPOINT: receiver.url, TIDEWATCH_TRACE_EVERY: 1 } }),
    );
    const first = ingest.begin('ingest events');
    const second = scorer.follow('score event', first?.traceparent);
    const third = alerts.follow('decide on tasks', second?.traceparent);
    for (const span of [third, second, first]) span?.end();
    for (const tracer of [ingest, scorer, alerts]) await tracer.stop();
    await receiver.close();
    expect(receiver.spans.map(({ service }) => service).sort()).toEqual(
      ['tidewatch-alerts', 'tidewatch-ingest', 'tidewatch-scorer'], // prettier-ignore
    );
    expect(new Set(receiver.spans.map(({ traceId }) => traceId)).size).toBe(1);
    const spanOf = (name: string) => receiver.spans.find((span) => span.name === name);
    expect(spanOf('score event')?.parentSpanId).toBe(spanOf('ingest events')?.spanId);
    expect(spanOf('decide on tasks')?.parentSpanId).toBe(spanOf('score event')?.spanId);
  });

  it('without an address follows nothing, so that no record gets a header', () => {
    const tracer = createTracer({
      service: 'ingest',
      config: { TIDEWATCH_OTLP_ENDPOINT: undefined, TIDEWATCH_TRACE_EVERY: 1 },
    });
    expect(tracer.begin('ingest events')).toBeNull();
    expect(tracer.follow('score event', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`)).toBeNull();
    expect(traceHeaders(tracer.begin('ingest events'))).toEqual({});
  });

  it('begins one of so many traces, and passes over headers that are none or are not followed', async () => {
    const draws = [0.0009, 0.0011];
    const endpoint = 'http://127.0.0.1:9/v1/traces';
    const tracer = createTracer({
      service: 'ingest',
      config: { TIDEWATCH_OTLP_ENDPOINT: endpoint, TIDEWATCH_TRACE_EVERY: 1_000 },
      random: () => draws.shift()!,
    });
    expect([tracer.begin('a') === null, tracer.begin('a') === null]).toEqual([false, true]);
    for (const bad of ['', 'x', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`, `00-${'A'.repeat(32)}-x-01`]) {
      expect(tracer.follow('b', bad)).toBeNull();
    }
    await tracer.stop();
  });

  it('neither stalls nor fails its users where nobody takes the spans', async () => {
    const receiver = await openTraceReceiver();
    await receiver.close();
    const tracer = createTracer({
      service: 'ingest',
      config: { TIDEWATCH_OTLP_ENDPOINT: receiver.url, TIDEWATCH_TRACE_EVERY: 1 },
    });
    for (let i = 0; i < 10_000; i += 1) tracer.begin('ingest events')?.end();
    await tracer.stop();
    expect(receiver.spans).toEqual([]);
  });
});
