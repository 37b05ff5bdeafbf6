import { expect, it, onTestFinished } from 'vitest';
import { watchReachability } from '../../../services/ingest/reachability.ts';
import { eventually } from '../../support/eventually.ts';

function watch(check: () => Promise<unknown>) {
  const reachability = watchReachability({ name: 'Kafka', check, intervalMs: 1, limitMs: 20 });
  onTestFinished(() => reachability.stop());
  return reachability;
}

it('has a problem until the first answer, and again when the answers stop', async () => {
  let answer = (): Promise<unknown> => Promise.resolve();
  const reachability = watch(() => answer());
  expect(reachability.problem()).toBe('Kafka has not answered yet');
  await eventually(() => expect(reachability.problem()).toBeNull(), { intervalMs: 1 });
  answer = () => Promise.reject(new Error('connection refused'));
  await eventually(() => expect(reachability.problem()).toBe('Kafka does not answer: connection refused'), {
    intervalMs: 1,
  });
  answer = () => new Promise(() => undefined);
  await eventually(() => expect(reachability.problem()).toMatch(/took longer than 20 ms/), { intervalMs: 1 });
  answer = () => Promise.resolve();
  await eventually(() => expect(reachability.problem()).toBeNull(), { intervalMs: 1 });
});

it('asks no more once it is stopped', async () => {
  let asked = 0;
  const reachability = watch(() => Promise.resolve((asked += 1)));
  await eventually(() => expect(asked).toBeGreaterThan(1), { intervalMs: 1 });
  reachability.stop();
  const before = asked;
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(asked - before).toBeLessThanOrEqual(1);
});
