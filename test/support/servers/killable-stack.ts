import { type StackAddresses, stackAddresses } from '../stack-addresses.ts';
import { openTcpProxy, type TcpProxy } from '../tcp-proxy.ts';
import { type KillableBroker, startKillableBroker } from './killable-broker.ts';
import { type RedisPair, startRedisPair } from './redis-pair.ts';
import { openServerHome } from './server-home.ts';

/** A broker and a Redis of the test's own, and a way to the shared registry that the test can cut. */
export interface KillableStack {
  readonly addresses: StackAddresses;
  readonly broker: KillableBroker;
  readonly redis: RedisPair;
  readonly registry: TcpProxy;
  close(): Promise<void>;
}

export async function openKillableStack(): Promise<KillableStack> {
  const home = await openServerHome();
  try {
    const [broker, redis] = await Promise.all([startKillableBroker(home), startRedisPair(home)]);
    const shared = new URL(stackAddresses.schemaRegistry);
    const registry = await openTcpProxy({ host: shared.hostname, port: Number(shared.port || 80) });
    const schemaRegistry = `http://127.0.0.1:${registry.port}${shared.pathname}`;
    return {
      addresses: { kafka: broker.address, schemaRegistry, redis: redis.url },
      broker,
      redis,
      registry,
      async close() {
        await redis.close();
        await registry.close();
        await home.close();
      },
    };
  } catch (error) {
    await home.close();
    throw error;
  }
}
