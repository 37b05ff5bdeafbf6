import { describe, expect, it } from 'vitest';
import { createDigestPlanner, type DigestSchedule } from '../../../../services/alerts/deliveries/digest-planner.ts';
import { createDigestSender } from '../../../../services/alerts/deliveries/digest-sender.ts';
import { createBusinessCalendar } from '../../../../services/core/events/business-day.ts';
import type { MessageChannel, OutgoingMessage } from '../../../../services/core/ports/message-channel.ts';
import type { RetentionTask } from '../../../../services/core/tasks/retention-task.ts';
import { createMemoryDeliveryStore } from '../../../../services/platform/memory/memory-delivery-store.ts';
import { createVirtualClock } from '../../../../services/platform/memory/virtual-clock.ts';
import { aTask } from '../../../support/task-builder.ts';

const hour = 3_600_000;
const calendar = createBusinessCalendar('Asia/Shanghai');
/** Eight in the morning in Shanghai. */
const dueAt = (day: number) => calendar.startOf(day) + 8 * hour;
const schedule: DigestSchedule = { tenant: 'demo', calendar, dueAt, queues: ['service', 'sales'] };
const midnight = Date.UTC(2026, 0, 14, 16);
const laneOf = (target: string) => ({ tenant: 'demo', kind: 'digest', target }) as const;

describe('the digests of a day', () => {
  it('are queued once their local time has come, once for each queue and day, whoever looks and however often', async () => {
    const clock = createVirtualClock(midnight);
    const store = createMemoryDeliveryStore();
    // Two processes, one of which begins anew all the time.
    const lasting = createDigestPlanner(store, clock, [schedule]);
    const queued: [number, number][] = [];
    for (let i = 0; i < 3 * 24 * 4; i++) {
      const [one, other] = await Promise.all([lasting.plan(), createDigestPlanner(store, clock, [schedule]).plan()]);
      if (one + other > 0) queued.push([(clock.now() - midnight) / hour, one + other]);
      await clock.advance(hour / 4);
    }
    expect(queued).toEqual([
      [8, 2],
      [32, 2],
      [56, 2],
    ]);
    const ids = (await store.list(laneOf('sales'), { state: 'pending', after: null, limit: 9 })).map(({ id }) => id);
    expect(ids).toEqual(['digest.sales.2026-01-17', 'digest.sales.2026-01-16', 'digest.sales.2026-01-15']);
  });

  it('are those of today alone after days without a process', async () => {
    const store = createMemoryDeliveryStore();
    const clock = createVirtualClock(midnight + 5 * 24 * hour + 23 * hour);
    expect(await createDigestPlanner(store, clock, [schedule]).plan()).toBe(2);
  });
});

describe('a digest', () => {
  const now = aTask().createdAt;
  const task = (number: number, overrides: Partial<RetentionTask> = {}) =>
    aTask({ taskId: String(number).padStart(32, '0'), customerRef: `c${number}`, priority: number, ...overrides });

  async function sendOf(tasks: readonly RetentionTask[]) {
    const sent: OutgoingMessage[] = [];
    const channel: MessageChannel = {
      needs: 'email',
      close: () => Promise.resolve(),
      send: (message) => Promise.resolve((sent.push(message), { as: 'sent', isDelivered: false })),
    };
    const sender = createDigestSender({
      targetOf: (_tenant, queue) =>
        queue === 'service'
          ? { shop: { en: 'Demo', zhCN: '演示' }, addresses: ['a@example.com', 'b@example.com'], channel }
          : null,
      tasksOf: () => Promise.resolve(tasks),
      ...{ clock: { now: () => now }, longestMs: 1000 },
    });
    const store = createMemoryDeliveryStore();
    const subject = { surrogate: null, customerRef: null, taskId: null, playbook: null, channel: null };
    const payload = JSON.stringify({ day: '2026-01-15' });
    await store.enqueue(
      ['service', 'gone'].map((queue) => ({ ...laneOf(queue), id: 'd', subject, createdAt: now, dueAt: now, payload })),
      now,
    );
    const results = await Promise.all(
      ['service', 'gone'].map(async (queue) => sender.send((await store.find(laneOf(queue), 'd'))!)),
    );
    return { sent, results };
  }

  it('tells in both languages how many wait, how many are late, and the ten that come first', async () => {
    const late = { respondBy: now - 1 };
    const tasks = [
      ...Array.from({ length: 12 }, (_, i) => task(i + 1, i < 3 ? late : { respondBy: now + 1 })),
      // Answered in time: what is late of it is the solution.
      task(0.5, { ...late, status: 'responded', resolveBy: now + 1, customerRef: '{{shop}}' }),
      task(0.25, { status: 'responded', resolveBy: now - 1 }),
    ];
    const { sent, results } = await sendOf(tasks);
    expect(results).toEqual([{ as: 'sent' }, { as: 'dead', reason: 'target-not-configured' }]);
    expect(sent).toHaveLength(1);
    const [{ to, subject, text, id, html }] = sent;
    expect([to, id, html]).toEqual(['a@example.com, b@example.com', 'demo.d', null]);
    expect(subject).toBe(
      'Demo: 14 tasks in service, 4 overdue (2026-01-15) / 演示：service 队列 14 项任务，4 项逾期（2026-01-15）',
    );
    const named = [...text.matchAll(/^(\d+)\. (\S+?)[:：]/gm)].map(([, place, name]) => `${place} ${name}`);
    const best = Array.from({ length: 10 }, (_, i) => `${i + 1} c${12 - i}`);
    expect(named).toEqual([...best, ...best]);
    expect(text).toContain('联系客户。');
  });

  it('says so when nothing waits', async () => {
    const { sent } = await sendOf([]);
    expect(sent[0].text).toContain('Open tasks of the queue service: 0. Overdue: 0.');
  });
});
