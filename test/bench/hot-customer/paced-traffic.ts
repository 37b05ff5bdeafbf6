import { setTimeout as pause } from 'node:timers/promises';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { LogSink } from '../../../services/core/ports/log.ts';
import type { RecordCodec } from '../../../services/core/ports/record-codec.ts';
import { aRecord } from '../../support/builders.ts';

export interface PacedTraffic {
  readonly sink: LogSink;
  readonly codec: RecordCodec<CustomerRecord>;
  readonly topic: string;
  /** Events per second. */
  readonly rate: number;
  readonly count: number;
  /** First part of the ids: no two phases share an event. */
  readonly phase: string;
  readonly surrogateOf: (i: number) => string;
}

const tickMs = 10;

/** Publishes `count` events at an even rate; each is received at the moment it is sent. */
export async function publishPaced({
  sink,
  codec,
  topic,
  rate,
  count,
  phase,
  surrogateOf,
}: PacedTraffic): Promise<void> {
  const startedAt = performance.now();
  const sends: Promise<void>[] = [];
  for (let sent = 0; sent < count;) {
    const due = Math.min(count, Math.ceil(((performance.now() - startedAt) / 1000) * rate));
    const now = Date.now();
    const records = Array.from({ length: due - sent }, (_, i) => {
      const surrogate = surrogateOf(sent + i);
      const record = aRecord({ eventId: `${phase}-${sent + i}`, surrogate, occurredAt: now, receivedAt: now });
      return { topic, key: surrogate, value: codec.encode(record) };
    });
    if (records.length > 0) sends.push(sink.publish(records));
    sent = due;
    await pause(tickMs);
  }
  await Promise.all(sends);
}
