import type { DueIndex } from '../../core/ports/due-index.ts';
import type { CustomerKey } from '../../core/ports/state-store.ts';

/** The due index in this process: for tests, simulation and the embedded mode. */
export function createMemoryDueIndex(): DueIndex {
  const shards = new Map<number, Map<string, { key: CustomerKey; dueAt: number }>>();
  const shardOf = (shard: number) => {
    const held = shards.get(shard) ?? new Map<string, { key: CustomerKey; dueAt: number }>();
    shards.set(shard, held);
    return held;
  };

  return {
    mark(shard, marks) {
      const held = shardOf(shard);
      for (const { key, dueAt } of marks) {
        const stands = held.get(nameOf(key))?.dueAt;
        held.set(nameOf(key), { key, dueAt: stands === undefined ? dueAt : Math.min(stands - 1, dueAt) });
      }
      return Promise.resolve();
    },
    due(shard, until, limit) {
      const found = [...shardOf(shard)].filter(([, { dueAt }]) => dueAt <= until).toSorted(inOrder);
      return Promise.resolve(found.slice(0, limit).map(([, entry]) => ({ ...entry })));
    },
    settle(shard, settlements) {
      const held = shardOf(shard);
      for (const { key, dueAt, next } of settlements) {
        if (held.get(nameOf(key))?.dueAt !== dueAt) continue;
        if (next === null) held.delete(nameOf(key));
        else held.set(nameOf(key), { key, dueAt: next });
      }
      return Promise.resolve();
    },
    size: (shard) => Promise.resolve(shardOf(shard).size),
  };
}

type Held = [name: string, entry: { dueAt: number }];

function inOrder([one, { dueAt }]: Held, [other, { dueAt: later }]: Held): number {
  return dueAt - later || (one < other ? -1 : 1);
}

function nameOf({ tenant, surrogate }: CustomerKey): string {
  return `${tenant}:${surrogate}`;
}
