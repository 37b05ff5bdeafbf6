import type { BenchWorld } from '../world/bench-world.ts';
import { runRawClient } from './raw-client.ts';

/** Events per second of the bare client on the events of a world, as a group of its own. */
export async function rawRate(world: BenchWorld, twin: string, records: number): Promise<number> {
  const seconds = await runRawClient({
    client: world.client,
    groupId: `${twin}raw`,
    input: world.topics.events,
    output: world.topics.scores,
    ...world.codecs,
    records,
  });
  return records / seconds;
}
