import { describe, expect, it } from 'vitest';
import type { CustomerKey } from '../../../../services/core/ports/state-store.ts';
import {
  MemoryStateServer,
  type MemoryStateConnection,
} from '../../../../services/platform/memory/memory-state-server.ts';

const first: CustomerKey = { tenant: 'demo', surrogate: '1'.repeat(32) };
const second: CustomerKey = { tenant: 'demo', surrogate: '2'.repeat(32) };

async function write(connection: MemoryStateConnection, key: CustomerKey, version: number): Promise<boolean> {
  const update = { key, expectedVersion: version - 1, version, bytes: Buffer.from(`v${version}`) };
  return (await connection.compareAndSet([update]))[0] ?? false;
}

async function versions(connection: MemoryStateConnection): Promise<number[]> {
  return (await connection.load([first, second])).map((state) => state?.version ?? 0);
}

describe('the in-process store after a failover', () => {
  it('lacks the newest writes, and only those', async () => {
    const server = new MemoryStateServer();
    const before = server.connect();
    for (const [key, version] of [[first, 1], [second, 1], [first, 2], [second, 2]] as const) {
      expect(await write(before, key, version)).toBe(true);
    } // prettier-ignore
    server.failOver(1);
    expect(await versions(server.connect())).toEqual([2, 1]);
    server.failOver(2);
    expect(await versions(server.connect())).toEqual([1, 0]);
  });

  it('forgets additions to the index like any other write', async () => {
    const server = new MemoryStateServer();
    await server.connect().add(3, [first, second]);
    server.failOver(1);
    expect(await server.connect().page(3, 'demo', null, 10)).toEqual([first.surrogate]);
    server.failOver(9);
    expect(await server.connect().page(3, 'demo', null, 10)).toEqual([]);
  });

  it('leaves older connections with the old primary, where nothing that they write survives', async () => {
    const server = new MemoryStateServer();
    const old = server.connect();
    await write(old, first, 1);
    server.failOver(1);
    expect(await write(old, first, 2)).toBe(true);
    expect(await versions(old)).toEqual([2, 0]);
    expect(await versions(server.connect())).toEqual([0, 0]);
    expect(await write(server.connect(), first, 2)).toBe(false);
  });
});
