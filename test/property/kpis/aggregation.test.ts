import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KpiFact } from '../../../services/core/kpis/kpi-fact.ts';
import type { FaultPoints } from '../../../services/platform/runtime/fault-points.ts';
import { naiveKpiCells, openKpiBench, storedKpiCells, type KpiMember } from '../../support/kpi-bench.ts';
import { someHistory, someVersions } from '../../support/kpi-facts.ts';
import { runs } from '../../support/property-runs.ts';

const stages = ['take-up', 'decode', 'load', 'count', 'set-aside', 'write', 'confirm', 'commit'];
/** Facts of some customers, each in the order they were made, mixed with one another, some of them copies. */
const someLog: fc.Arbitrary<readonly KpiFact[]> = fc
  .array(fc.tuple(someHistory, someVersions), { minLength: 1, maxLength: 5 })
  .chain((customers) => {
    const all = customers.flatMap(([history, versions], customer) =>
      [...history, ...versions].map((fact) => ({ ...fact, surrogate: String(customer).repeat(32) })),
    );
    return fc
      .tuple(fc.shuffledSubarray([...all.keys()], { minLength: all.length }), fc.infiniteStream(fc.nat(9)))
      .map(([order, draws]) => {
        const rank = new Map(order.map((index, i) => [all[index], i]));
        const mixed = mixedKeepingOrder(all, (fact) => rank.get(fact) ?? 0);
        return mixed.flatMap((fact) => (draws.next().value === 0 ? [fact, fact] : [fact]));
      });
  });

/** Takes the next fact of the customer whose turn the drawn ranks say it is. */
function mixedKeepingOrder(facts: readonly KpiFact[], rank: (fact: KpiFact) => number): readonly KpiFact[] {
  const queues = Map.groupBy(facts, ({ surrogate }) => surrogate);
  return [...facts]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ surrogate }) => queues.get(surrogate)?.shift() ?? facts[0]);
}

type Step =
  | { readonly kind: 'publish'; readonly count: number }
  | { readonly kind: 'start'; readonly stage: string; readonly after: number; readonly chunk: number }
  | { readonly kind: 'kill' | 'lose' | 'stop' | 'turns' | 'remember' | 'fail-over' };

const someStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('publish' as const), count: fc.integer({ min: 1, max: 20 }) }),
  fc.record({
    kind: fc.constant('start' as const),
    stage: fc.constantFrom(...stages),
    after: fc.integer({ min: 1, max: 6 }),
    chunk: fc.integer({ min: 1, max: 7 }),
  }),
  fc.record({ kind: fc.constantFrom('kill', 'lose', 'stop', 'turns', 'turns', 'remember', 'fail-over') }),
);

/** Ends the member the `after`-th time it gets past the stage. */
function crashAfter(stage: string, after: number): FaultPoints {
  let left = after;
  return {
    reached(name) {
      if (name === `after-${stage}` && --left === 0) throw new Error('a planned crash');
    },
  };
}

describe('facts that are counted through crashes, zombies, hand-overs and a store that forgets', () => {
  it('make the cells that one naive pass over the log makes', async () => {
    await fc.assert(
      fc.asyncProperty(
        someLog,
        fc.array(someStep, { maxLength: 14 }),
        fc.integer({ min: 1, max: 3 }),
        async (...drawn) => {
          const [facts, steps, partitions] = drawn;
          const bench = openKpiBench(partitions);
          const left = [...facts];
          const running: KpiMember[] = [];
          const killed: KpiMember[] = [];
          let remembered = bench.snapshot();
          for (const step of steps) {
            if (step.kind === 'publish') await bench.publish(left.splice(0, step.count));
            else if (step.kind === 'start') {
              const faults = crashAfter(step.stage, step.after);
              running.push(await bench.start({ maxChunkRecords: step.chunk, faults }));
            } else if (step.kind === 'remember') remembered = bench.snapshot();
            else if (step.kind === 'fail-over') bench.failOver(remembered);
            else if (step.kind === 'turns') for (let i = 0; i < 5; i++) await new Promise(setImmediate);
            else if (step.kind === 'stop') await running.pop()?.stop();
            else {
              const member = running.findLast((each) => !each.isOver() && !killed.includes(each));
              member?.source[step.kind]();
              if (member !== undefined && step.kind === 'kill') killed.push(member);
            }
          }
          await bench.publish(left);
          // The group goes on without those that it hears no more of.
          for (const { source } of killed) source.lose();
          await Promise.all(running.map((member) => member.stop()));
          const last = await bench.start();
          await bench.log.settled();
          await last.checkIdle();
          await bench.log.settled();
          expect(await storedKpiCells(bench.store, bench.snapshot())).toEqual(naiveKpiCells(await bench.facts()));
          expect(last.problems()).toEqual([]);
          await last.stop();
        },
      ),
      { numRuns: runs(60) },
    );
  });
});
