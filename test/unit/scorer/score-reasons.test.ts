import { describe, expect, it } from 'vitest';
import { featureNames } from '../../../services/core/features/feature-catalogue.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { aRecord } from '../../support/builders.ts';
import { publishEvents, scoresById, testModel, twinWorld, type TwinOptions } from '../../support/scorer-twin.ts';
import { startedTwins } from '../../support/started-twins.ts';

const run = startedTwins();

type Told = Pick<Score, 'eventId' | 'level' | 'historical' | 'reasons'>;

/** The scores of one customer's orders, in order, from a scorer that reads them in one chunk. */
async function scoresOf(orders: readonly { historical?: boolean }[], options: TwinOptions = {}): Promise<Told[]> {
  const world = await twinWorld(1);
  const ids = orders.map((_, i) => `order-${i}`);
  await publishEvents(
    world,
    orders.map((order, i) => aRecord({ ...order, surrogate: 'a'.repeat(32), eventId: ids[i] })),
  );
  const twin = await run(world, options);
  await world.log.settled();
  await twin.runner.stop();
  const scores = [...(await scoresById(world)).values()];
  return ids.map((id) => scores.find(({ eventId }) => eventId === id)!);
}

/** A model whose probability of silence within 90 days rises with each order as listed. */
function modelSaying(probabilities: readonly number[]) {
  const orders = 2 * featureNames.indexOf('orders');
  return testModel((row, head) => {
    if (head > 2) return 0;
    const p = probabilities[Math.round(Math.expm1(row[orders])) - 1];
    return head === 2 ? Math.log(p / (1 - p)) : 40;
  });
}

describe('reasons of scores', () => {
  it('are told where the level is another than before, and only there', async () => {
    const model = modelSaying([0.1, 0.4, 0.4, 0.8, 0.75, 0.1, 0.1]);
    const scores = await scoresOf(Array.from({ length: 7 }, () => ({})), { model }); // prettier-ignore
    expect(scores.map(({ level }) => level)).toEqual([
      'none',
      'watch',
      'watch',
      'critical',
      'critical',
      'none',
      'none',
    ]);
    expect(scores.map(({ reasons }) => reasons?.length ?? null)).toEqual([null, 1, null, 1, null, 0, null]);
    expect(scores[1].reasons?.[0]).toMatchObject({ code: 'silence', en: 'Silence, GBP.' });
    expect(scores[1].reasons?.[0].contribution).not.toBe(scores[3].reasons?.[0].contribution);
  });

  it('are told by the first live score at a level that history had reached', async () => {
    const scores = await scoresOf([{ historical: true }, { historical: true }, {}, {}], {
      model: modelSaying([0.8, 0.8, 0.8, 0.8]),
    });
    expect(scores.map(({ reasons }) => reasons?.length ?? null)).toEqual([1, null, 1, null]);
  });

  it('are told by the first good score after one that was not trustworthy', async () => {
    const scores = await scoresOf([{}, {}, {}], { model: modelSaying([0.8, Number.NaN, 0.8]) });
    expect(scores.map(({ reasons }) => reasons?.length ?? null)).toEqual([1, null, 1]);
  });
});
