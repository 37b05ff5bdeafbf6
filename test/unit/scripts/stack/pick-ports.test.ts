import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { pickPorts } from '../../../../scripts/stack/local/pick-ports.ts';

let server: Server | undefined;

afterEach(() => server?.close());

async function takenPort(): Promise<number> {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe('picking ports', () => {
  it('takes a spare one in place of a taken one, and says the same for each name', async () => {
    const taken = await takenPort();
    const { kafka } = await pickPorts({ kafka: taken });
    expect(kafka).not.toBe(taken);
    expect(kafka).toBeGreaterThanOrEqual(20_000);
    expect(kafka).toBeLessThan(30_000);
  });

  it('keeps the usual one when nobody listens there', async () => {
    const free = await takenPort();
    server?.close();
    await once(server!, 'close');
    expect(await pickPorts({ redis: free })).toEqual({ redis: free });
  });

  it('gives no port twice, and none that is promised to somebody about to listen', async () => {
    const free = await takenPort();
    server?.close();
    await once(server!, 'close');
    const picked = await pickPorts({ a: free, b: free });
    expect(picked.a).toBe(free);
    expect(picked.b).not.toBe(free);
    expect(await pickPorts({ a: free }, [free])).not.toEqual({ a: free });
  });
});
