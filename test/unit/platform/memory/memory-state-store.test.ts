import { describe, expect, it } from 'vitest';
import { createMemoryStateStore } from '../../../../services/platform/memory/memory-state-store.ts';

const key = { tenant: 'demo', surrogate: 'a' };

describe('createMemoryStateStore', () => {
  it('forgets what was written after a snapshot, and says so by its epoch', async () => {
    const store = createMemoryStateStore();
    const write = (expectedVersion: number) =>
      store.compareAndSet([{ key, expectedVersion, version: expectedVersion + 1, bytes: Buffer.from('x') }]);
    await write(0);
    const snapshot = store.snapshot();
    await write(1);
    const epoch = store.connectionEpoch();
    store.restore(snapshot);
    expect((await store.load([key]))[0]?.version).toBe(1);
    expect(store.connectionEpoch()).toBe(epoch + 1);
    store.reconnect();
    expect(store.connectionEpoch()).toBe(epoch + 2);
  });
});
