import { describe, expect, it } from 'vitest';
import { controlRecord } from '../../../services/core/events/control-record.ts';
import { aRecord } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import {
  publishControl,
  publishEvents,
  scorerTwin,
  scoresById,
  twinTopics,
  twinWorld,
} from '../../support/scorer-twin.ts';

const ann = 'a'.repeat(32);

describe('a topic that was created again', () => {
  it('under an epoch that the states know already halts its partition instead of being passed over', async () => {
    const world = await twinWorld(1);
    await publishEvents(world, [aRecord({ surrogate: ann }), aRecord({ surrogate: ann })]);
    const before = scorerTwin(world);
    await before.runner.start();
    await world.log.settled();
    await before.runner.stop();

    world.log.deleteTopic(twinTopics.events);
    world.log.createTopic(twinTopics.events, 1);
    const epochStarted = { epoch: 1, partitions: 1, reason: 'topic created' };
    await publishControl(world, 0, controlRecord({ kind: 'epoch-started', controlId: 'epoch:1', at: 0, epochStarted }));
    await publishEvents(world, [aRecord({ surrogate: ann })]);
    const { runner } = scorerTwin(world);
    await runner.start();
    await eventually(() => expect(runner.problems().join()).toContain('created again'));
    expect((await scoresById(world)).size).toBe(2);
    await runner.stop();
  });
});
