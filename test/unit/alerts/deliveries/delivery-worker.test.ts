import { describe, expect, it } from 'vitest';
import { createDeliveryWorker } from '../../../../services/alerts/deliveries/delivery-worker.ts';
import type { DeliveryTelemetry } from '../../../../services/alerts/deliveries/delivery-telemetry.ts';
import type { Sender, SendResult } from '../../../../services/alerts/deliveries/sender.ts';
import type { Delivery, StoredDelivery } from '../../../../services/core/deliveries/delivery.ts';
import { createMemoryDeliveryStore } from '../../../../services/platform/memory/memory-delivery-store.ts';
import { createVirtualClock } from '../../../../services/platform/memory/virtual-clock.ts';

const start = Date.UTC(2026, 0, 15, 12);
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const lane = { tenant: 'demo', kind: 'webhook', target: 'erp' } as const;
const subject = { surrogate: null, customerRef: null, taskId: null, playbook: null, channel: null };

function aDelivery(id: string, target = 'erp'): Delivery {
  return { ...lane, target, id, subject, createdAt: start, dueAt: start, payload: '{}' };
}

const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

function openBench(send: (delivery: StoredDelivery) => Promise<SendResult>) {
  const clock = createVirtualClock(start);
  const store = createMemoryDeliveryStore();
  const attempts: { id: string; at: number }[] = [];
  const counted: string[] = [];
  const faults: unknown[] = [];
  const sender: Sender = {
    longestMs: 10 * second,
    send(delivery) {
      attempts.push({ id: delivery.id, at: clock.now() - start });
      return send(delivery);
    },
  };
  const telemetry: DeliveryTelemetry = {
    count: (_kind, result) => void counted.push(result),
    died: () => undefined,
    unreadable: () => undefined,
    fault: (error) => void faults.push(error),
  };
  const senders = { webhook: sender, message: sender, event: sender, digest: sender };
  const worker = createDeliveryWorker({ store, senders, clock, telemetry, random: () => 0.5 });
  async function turn(ms = 0) {
    await clock.advance(ms);
    await worker.turn();
    for (let i = 0; i < 5; i++) await settled();
  }
  return { clock, store, worker, attempts, counted, faults, turn };
}

const failed: SendResult = { as: 'failed', reason: 'status-500', retryAfterMs: null };

describe('the worker of deliveries', () => {
  it('sends each once and notes it', async () => {
    const bench = openBench(() => Promise.resolve({ as: 'sent' }));
    await bench.store.enqueue([aDelivery('a'), aDelivery('b')], start);
    await bench.turn();
    await bench.turn(48 * hour);
    expect(bench.attempts.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(bench.counted).toEqual(['sent', 'sent']);
  });

  it('tries eight times over a day and seven hours, then gives up with the last reason', async () => {
    const bench = openBench(() => Promise.resolve(failed));
    await bench.store.enqueue([aDelivery('a')], start);
    for (let i = 0; i < 2500; i++) await bench.turn(i < 400 ? 5 * second : minute);
    const waits = bench.attempts.map(({ at }, i) => at - (bench.attempts[i - 1]?.at ?? 0)).slice(1);
    const wanted = [5 * second, 30 * second, 2 * minute, 10 * minute, hour, 6 * hour, 24 * hour];
    expect(waits).toHaveLength(7);
    waits.forEach((wait, i) => {
      expect(wait).toBeGreaterThanOrEqual(wanted[i]);
      expect(wait).toBeLessThan(wanted[i] + 2 * minute);
    });
    expect(await bench.store.find(lane, 'a')).toMatchObject({ state: 'dead', reason: 'status-500' });
    expect(bench.counted).toEqual([...Array<string>(7).fill('failed'), 'dead']);
  });

  it('waits as long as the receiver asks', async () => {
    const bench = openBench(() => Promise.resolve({ ...failed, retryAfterMs: hour }));
    await bench.store.enqueue([aDelivery('a')], start);
    await bench.turn();
    await bench.turn(hour - 1);
    expect(bench.attempts).toHaveLength(1);
    await bench.turn(1);
    expect(bench.attempts).toHaveLength(2);
  });

  it('holds four places of a lane that hangs, and none of another', async () => {
    const bench = openBench(({ target }) =>
      target === 'hanging' ? new Promise(() => undefined) : Promise.resolve({ as: 'sent' }),
    );
    const ids = Array.from({ length: 20 }, (_, i) => i);
    await bench.store.enqueue(
      [...ids.map((i) => aDelivery(`h${i}`, 'hanging')), ...ids.map((i) => aDelivery(`q${i}`))],
      start,
    );
    await bench.turn();
    await bench.turn();
    const begun = (letter: string) => bench.attempts.filter(({ id }) => id.startsWith(letter)).length;
    expect([begun('h'), begun('q')]).toEqual([4, 20]);
  });

  it('takes up again what another process held and did not settle, and no sooner', async () => {
    const bench = openBench(() => Promise.resolve({ as: 'sent' }));
    await bench.store.enqueue([aDelivery('a')], start);
    await bench.store.claim(lane, { now: start, leaseMs: 25 * second, limit: 1 });
    await bench.turn(24 * second);
    expect(bench.attempts).toEqual([]);
    await bench.turn(second);
    expect(bench.attempts).toHaveLength(1);
  });

  it('counts a fault of its own as a failed attempt, and goes on', async () => {
    let count = 0;
    const bench = openBench(() =>
      count++ === 0 ? Promise.reject(new Error('Redis is away')) : Promise.resolve({ as: 'sent' }),
    );
    await bench.store.enqueue([aDelivery('a')], start);
    await bench.turn();
    await bench.turn(5 * second);
    expect([bench.counted, bench.faults.length]).toEqual([['failed', 'sent'], 1]);
  });

  it('waits at its stop for what is under way, and takes up nothing more', async () => {
    let finish: (result: SendResult) => void = () => undefined;
    const bench = openBench(() => new Promise((resolve) => (finish = resolve)));
    await bench.store.enqueue([aDelivery('a')], start);
    await bench.turn();
    let isStopped = false;
    const stopped = bench.worker.stop().then(() => (isStopped = true));
    await bench.store.enqueue([aDelivery('b')], start);
    await bench.turn();
    expect([isStopped, bench.attempts.length]).toEqual([false, 1]);
    finish({ as: 'sent' });
    await stopped;
    expect(bench.counted).toEqual(['sent']);
    expect((await bench.store.find(lane, 'b'))?.claims).toBe(0);
  });
});
