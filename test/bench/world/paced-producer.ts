import { setTimeout as pause } from 'node:timers/promises';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { createKafkaSink } from '../../../services/platform/kafka/kafka-sink.ts';
import type { BenchWorld } from './bench-world.ts';

const tickMs = 10;
const mostPerTick = 5_000;

/**
 * Publishes events at a steady rate until they or the time end. A tick that comes late publishes what is due.
 * @param rate events per second
 * @returns the rate that was reached, events per second
 */
export async function producePaced(
  world: BenchWorld,
  events: Iterator<CustomerRecord>,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<number> {
  const sink = createKafkaSink({ client: world.client });
  const topic = world.topics.events;
  const start = performance.now();
  let sent = 0;
  try {
    for (;;) {
      const elapsedMs = performance.now() - start;
      if (elapsedMs >= seconds * 1000) return sent / (elapsedMs / 1000);
      const due = Math.min(mostPerTick, Math.floor((elapsedMs / 1000) * rate) - sent);
      const records = [];
      for (let i = 0; i < due; i++) {
        const next = events.next();
        if (next.done === true) return sent / (elapsedMs / 1000);
        records.push({ topic, key: next.value.surrogate, value: world.codecs.events.encode(next.value) });
      }
      await sink.publish(records);
      sent += records.length;
      await pause(Math.max(0, tickMs - (performance.now() - start - elapsedMs)));
    }
  } finally {
    await sink.stop();
  }
}
