import type { Tracer } from '../../core/ports/tracer.ts';
import type { ScorerContext } from '../scorer-context.ts';

/** Goes on with the traces of the chunk's records: one span per traced record, since each has a request of its own. */
export function createFollowTraces(tracer: Tracer): (context: ScorerContext) => void {
  return function followTraces({ records, spans }) {
    for (const { raw, record } of records) {
      if (raw.traceparent === undefined) continue;
      const span = tracer.follow('score event', raw.traceparent);
      if (span !== null) spans.set(record, span);
    }
  };
}

/** @param fault what failed the attempt */
export function endTraces({ spans }: ScorerContext, fault?: string): void {
  for (const span of spans.values()) span.end(fault);
  spans.clear();
}
