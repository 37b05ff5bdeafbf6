import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../services/core/errors.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { createPipelineRunner, type PipelineRunner } from '../../../services/platform/runtime/pipeline-runner.ts';
import { CustomerCache } from '../../../services/scorer/customer-cache.ts';
import { benchEvents } from '../../bench/pipeline/bench-events.ts';
import { peerDifferences } from '../../bench/peers/peer-differences.ts';
import { PartitionWatermarks } from '../../bench/scorer/same-work/partition-watermarks.ts';
import { createWorkNetwork } from '../../bench/scorer/same-work/work-network.ts';
import { createWorkPipeline } from '../../bench/scorer/same-work/work-pipeline.ts';
import type { WorkState } from '../../bench/scorer/same-work/work-state.ts';
import { eventually } from '../../support/eventually.ts';
import {
  eventCodec,
  publishEvents,
  scoreCodec,
  twinTopics,
  twinWorld,
  type TwinWorld,
} from '../../support/scorer-twin.ts';

const predict = await createWorkNetwork();

interface WorkTwin {
  readonly runner: PipelineRunner;
  done(): number;
}

function workTwin(world: TwinWorld, groupId: string, cacheCustomers: number): WorkTwin {
  const { store, log } = world;
  const cache = new CustomerCache<WorkState>(cacheCustomers);
  const watermarks = new PartitionWatermarks(store);
  const source = log.source({ topic: twinTopics.events, groupId, maxChunkRecords: 7 });
  source.onAssigned(() => {
    cache.clear();
    watermarks.clear();
  });
  let done = 0;
  const pipeline = createWorkPipeline({
    store,
    sink: log.sink(),
    cache,
    watermarks,
    predict,
    codecs: { events: eventCodec, scores: scoreCodec },
    output: twinTopics.scores,
    chunkDone: (records) => void (done += records),
  });
  return { runner: createPipelineRunner({ source, pipeline }), done: () => done };
}

/** Runs a group until it has handled everything on the log. */
async function run(world: TwinWorld, groupId: string, cacheCustomers: number): Promise<void> {
  const { runner, done } = workTwin(world, groupId, cacheCustomers);
  const all = world.log.records(twinTopics.events).length;
  await runner.start();
  await eventually(() => expect(done()).toBe(all));
  await runner.stop();
  expect(runner.problems()).toEqual([]);
}

async function scoresOf({ log }: TwinWorld): Promise<Score[]> {
  const decoded = await scoreCodec.decode(log.records(twinTopics.scores).map(({ value }) => value));
  return decoded.map((score) => {
    if (score instanceof EngineError) throw score;
    return score;
  });
}

async function worldOf(events: readonly CustomerRecord[]): Promise<TwinWorld> {
  const world = await twinWorld(3);
  await publishEvents(world, events);
  return world;
}

describe("the peer's work on our machinery", () => {
  const events = [...benchEvents(200, 11)];

  it.each([
    ['from the cache', 1000],
    ['read back from the store each time', 1],
  ])('gives one score per event, with the probability of the naive computation, states %s', async (_case, limit) => {
    const world = await worldOf(events);
    await run(world, 'first', limit);
    expect(peerDifferences(events, await scoresOf(world))).toEqual([]);
  });

  it('changes nothing and scores nothing when another group reads it all again', async () => {
    const world = await worldOf(events);
    await run(world, 'first', 1000);
    await run(world, 'second', 1000);
    expect(peerDifferences(events, await scoresOf(world))).toEqual([]);
  });
});
