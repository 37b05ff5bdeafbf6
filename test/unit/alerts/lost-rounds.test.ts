import { describe, expect, it } from 'vitest';
import type { CustomerKey, StateStore } from '../../../services/core/ports/state-store.ts';
import { decodeTaskState } from '../../../services/core/tasks/decode-task-state.ts';
import { encodeTaskState } from '../../../services/core/tasks/encode-task-state.ts';
import { createMemoryStateStore } from '../../../services/platform/memory/memory-state-store.ts';
import { createAlertsBench } from '../../support/alerts-bench.ts';
import { likeTheRunner } from '../../support/like-the-runner.ts';
import { aScore } from '../../support/score-builder.ts';

/** A store in which another process gets in before the next so many compare-and-sets of a customer that is stored. */
function contestedStore(losses: { left: number }): StateStore {
  const store = createMemoryStateStore();
  async function overtake(key: CustomerKey): Promise<void> {
    const [stored] = await store.load([key]);
    if (stored === null || losses.left === 0) return;
    losses.left -= 1;
    const { version } = stored;
    const bytes = encodeTaskState(decodeTaskState(stored.bytes));
    await store.compareAndSet([{ key, expectedVersion: version, version: version + 1, bytes }]);
  }
  return {
    connectionEpoch: () => store.connectionEpoch(),
    load: (keys) => store.load(keys),
    async compareAndSet(updates) {
      for (const { key } of updates) await overtake(key);
      return store.compareAndSet(updates);
    },
  };
}

describe('a chunk that loses again and again against another process', () => {
  it('is given back after eight rounds of clearing, for now', async () => {
    const bench = createAlertsBench({ store: contestedStore({ left: 8 }) });
    const lost = bench.deliver([aScore()]);
    await expect(lost).rejects.toMatchObject({ code: 'ERR_STATE_CONFLICT', retryable: true });
  });

  it.each([1, 7, 8, 9, 30])('ends like one that was not contested, after %i lost rounds', async (left) => {
    const undisturbed = createAlertsBench();
    await undisturbed.deliver([aScore()]);
    const losses = { left };
    const bench = createAlertsBench({ store: contestedStore(losses) });
    await likeTheRunner(() => bench.deliver([aScore()]));
    expect(losses.left).toBe(0);
    expect(await bench.stateOf(aScore())).toEqual(await undisturbed.stateOf(aScore()));
    expect(new Set(bench.tasks().map(({ version }) => version))).toEqual(new Set([1]));
  });
});
