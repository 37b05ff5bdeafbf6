import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBacklog } from '../../../services/ingest/backlog.ts';

function aBacklog({ unfinished = 0, random = 0 } = {}) {
  const world = { now: 1_000_000, unfinished, random };
  const backlog = createBacklog({
    unfinished: () => world.unfinished,
    now: () => world.now,
    random: () => world.random,
  });
  return { world, backlog };
}

describe('the wait of a client', () => {
  it('is a second where nothing stands in the way', () => {
    expect(aBacklog().backlog.retryAfterSeconds(0)).toBe(1);
  });

  it('is what is unfinished over the rate of finishing', () => {
    const { world, backlog } = aBacklog();
    // 100 per second for long enough that the rate has settled
    for (let index = 0; index < 4000; index++) {
      world.now += 10;
      backlog.finished(true);
    }
    world.unfinished = 250;
    expect(backlog.retryAfterSeconds(0)).toBe(3);
    world.unfinished = 690;
    expect(backlog.retryAfterSeconds(0)).toBe(7);
  });

  it('grows while nothing can be written, and shrinks once something was', () => {
    const { world, backlog } = aBacklog();
    backlog.failed();
    world.now += 8_000;
    backlog.failed();
    expect(backlog.retryAfterSeconds(0)).toBe(8);
    world.now += 600_000;
    expect(backlog.retryAfterSeconds(0)).toBe(40);
    backlog.finished(true);
    expect(backlog.retryAfterSeconds(0)).toBe(1);
  });

  it('goes on growing while requests finish of which nothing had to be written', () => {
    const { world, backlog } = aBacklog();
    backlog.failed();
    world.now += 8_000;
    backlog.finished(false);
    world.now += 8_000;
    expect(backlog.retryAfterSeconds(0)).toBe(16);
  });

  it('has what the sender is over its limit on top', () => {
    expect(aBacklog().backlog.retryAfterSeconds(6_000)).toBe(7);
  });

  it('is spread by chance, more where it is long', () => {
    const { world, backlog } = aBacklog({ random: 1 });
    expect(backlog.retryAfterSeconds(0)).toBe(3);
    backlog.failed();
    world.now += 20_000;
    expect(backlog.retryAfterSeconds(0)).toBe(30);
    world.random = 0;
    expect(backlog.retryAfterSeconds(0)).toBe(20);
  });

  it('is a whole number from 1 to 60, whatever has happened', () => {
    const act = fc.record({
      what: fc.constantFrom('wrote' as const, 'finished' as const, 'failed' as const, 'none' as const),
      ms: fc.integer({ min: -1000, max: 100_000 }),
      unfinished: fc.nat(100_000),
      random: fc.double({ min: 0, max: 1, noNaN: true }),
      over: fc.nat(1_000_000),
    });
    fc.assert(
      fc.property(fc.array(act), (acts) => {
        const { world, backlog } = aBacklog();
        for (const { what, ms, unfinished, random, over } of acts) {
          Object.assign(world, { now: world.now + ms, unfinished, random });
          if (what === 'failed') backlog.failed();
          else if (what !== 'none') backlog.finished(what === 'wrote');
          const seconds = backlog.retryAfterSeconds(over);
          expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60).toBe(true);
          expect(seconds * 1000).toBeGreaterThanOrEqual(Math.min(over, 60_000));
        }
      }),
    );
  });
});
