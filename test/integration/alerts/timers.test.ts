import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RetentionTask } from '../../../services/core/tasks/retention-task.ts';
import { provisionAlerts } from '../../support/alerts-installation.ts';
import { eventually } from '../../support/eventually.ts';
import { aScore } from '../../support/score-builder.ts';

const hourMs = 3_600_000;
/** `save-at-risk` has 24 hours for an answer to a critical level, and warns after three quarters of them. */
const warningMs = 18 * hourMs;
/** Until the warning of a task that was just opened falls due: time to open it and to stop alerts before. */
const leadMs = 30_000;
const surrogateOf = (number: number) => number.toString(16).padStart(32, '0');
const customers = Array.from({ length: 12 }, (_, i) => surrogateOf(1_000 + i));

describe('what falls due while no alerts runs', () => {
  let installation: Awaited<ReturnType<typeof provisionAlerts>>;

  beforeAll(async () => {
    installation = await provisionAlerts();
  });
  afterAll(() => installation.remove());

  const scoresOf = (surrogates: readonly string[], receivedAt: number) =>
    surrogates.map((surrogate) => aScore({ surrogate, level: 'critical', receivedAt }));

  async function tasksOf(surrogates: readonly string[]): Promise<RetentionTask[]> {
    const tasks = (await installation.readTasks()).map(({ value }) => value);
    return tasks.filter(({ surrogate, arm }) => surrogates.includes(surrogate) && arm === 'treated');
  }

  const warningsOf = async (surrogates: readonly string[]) =>
    (await tasksOf(surrogates)).filter(({ change }) => change === 'warned');

  it('is done exactly once after the next start, at its own time', { timeout: 240_000 }, async () => {
    const first = await installation.start();
    const receivedAt = Date.now() - warningMs + leadMs;
    const warnAt = receivedAt + warningMs;
    await installation.publish(scoresOf(customers, receivedAt));
    await installation.done();
    await first.stop();
    const opened = await tasksOf(customers);
    expect(opened.length).toBeGreaterThan(3);
    for (const { version, createdAt, warnedAt, respondBy } of opened) {
      expect([version, createdAt, warnedAt]).toEqual([1, receivedAt, null]);
      expect(respondBy).toBe(receivedAt + 24 * hourMs);
    }
    await eventually(() => expect(Date.now()).toBeGreaterThan(warnAt), { timeoutMs: leadMs + 10_000 });
    expect(await warningsOf(customers)).toEqual([]);

    const second = await installation.start();
    await eventually(async () => expect(await warningsOf(customers)).toHaveLength(opened.length));
    await second.stop();
    const third = await installation.start();
    // Of others, on every partition, who are warned of as soon as somebody looks: by then it has looked at everybody.
    const others = Array.from({ length: 12 }, (_, i) => surrogateOf(2_000 + i));
    await installation.publish(scoresOf(others, Date.now() - warningMs - 1_000));
    await installation.done();
    await eventually(async () => {
      const treated = new Set((await tasksOf(others)).map(({ taskId }) => taskId));
      expect(treated.size).toBeGreaterThan(3);
      expect(await warningsOf(others)).toHaveLength(treated.size);
    });
    await third.stop();
    const ended = await tasksOf(customers);
    const histories = Map.groupBy(ended, ({ taskId }) => taskId);
    expect(histories.size).toBe(opened.length);
    for (const versions of histories.values()) {
      const [, warned] = versions;
      expect(versions.map(({ version, status, change }) => [version, status, change])).toEqual([
        [1, 'open', versions[0].change],
        [2, 'open', 'warned'],
      ]);
      expect([warned.warnedAt, warned.breachedAt]).toEqual([warnAt, null]);
    }
  });
});
