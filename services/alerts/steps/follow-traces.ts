import type { RawRecord } from '../../core/ports/log.ts';
import type { Tracer } from '../../core/ports/tracer.ts';
import type { CustomerWork } from '../alerts-context.ts';

interface TracedWork {
  readonly chunk: { readonly records: readonly RawRecord[] };
  readonly customers: ReadonlyMap<string, CustomerWork>;
}

/** Goes on with the traces of the chunk's records; what a customer's tasks come to goes with the latest of them. */
export function createFollowTraces(tracer: Tracer): (context: TracedWork) => void {
  return function followTraces({ chunk, customers }) {
    for (const { traceparent, key } of chunk.records) {
      if (traceparent === undefined) continue;
      for (const work of customers.values()) {
        if (work.key.surrogate !== key) continue;
        work.span?.end();
        work.span = tracer.follow('decide on tasks', traceparent);
      }
    }
  };
}

/** @param fault what failed the attempt */
export function endTraces({ customers }: Pick<TracedWork, 'customers'>, fault?: string): void {
  for (const work of customers.values()) {
    work.span?.end(fault);
    work.span = null;
  }
}
