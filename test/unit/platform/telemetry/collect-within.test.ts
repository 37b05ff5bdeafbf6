import { describe, expect, it } from 'vitest';
import { collectWithin } from '../../../../services/platform/telemetry/collect-within.ts';

/** A store whose answers come when the test says so. */
function slowStore() {
  const answers: PromiseWithResolvers<number>[] = [];
  let shown = 0;
  return {
    answers,
    shown: () => shown,
    async read() {
      const answer = Promise.withResolvers<number>();
      answers.push(answer);
      shown = await answer.promise;
    },
  };
}

describe('values that are read when Prometheus asks', () => {
  it('are those of now where the store answers in time', async () => {
    let shown = 0;
    const collect = collectWithin(() => Promise.resolve(void (shown += 1)), 60_000);
    await collect();
    expect(shown).toBe(1);
    await collect();
    expect(shown).toBe(2);
  });

  it('do not hold up the page where it does not, and stand in the next', async () => {
    const store = slowStore();
    const collect = collectWithin(() => store.read(), 1);
    await collect();
    expect(store.shown()).toBe(0);
    await collect();
    // The read under way serves every page until it is answered.
    expect(store.answers).toHaveLength(1);
    store.answers[0].resolve(7);
    await new Promise(setImmediate);
    expect(store.shown()).toBe(7);
    const next = collect();
    expect(store.answers).toHaveLength(2);
    store.answers[1].resolve(8);
    await next;
    expect(store.shown()).toBe(8);
  });

  it('stand as they were while the store is away, and are read again after', async () => {
    const store = slowStore();
    const collect = collectWithin(() => store.read(), 60_000);
    const failed = collect();
    store.answers[0].reject(new Error('away'));
    await failed;
    expect(store.shown()).toBe(0);
    const next = collect();
    store.answers[1].resolve(3);
    await next;
    expect(store.shown()).toBe(3);
  });
});
