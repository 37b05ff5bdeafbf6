import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RetentionCommand } from '../../../services/core/commands/retention-command.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { dayMs } from '../../../services/core/events/epoch-day.ts';
import { loyaltyStanding } from '../../../services/core/loyalty/loyalty-standing.ts';
import type { RawRecord } from '../../../services/core/ports/log.ts';
import { createMemoryStateStore } from '../../../services/platform/memory/memory-state-store.ts';
import { type Fault, faultPlan, faultySink, faultyStore } from '../../support/faulty-adapters.ts';
import { commandRecord, createLoyaltyBench, eventRecord } from '../../support/loyalty-bench.ts';
import { aPointsCommand } from '../../support/loyalty-command.ts';
import { loyaltyHistory } from '../../support/loyalty-histories.ts';
import { someLoyaltyRules } from '../../support/loyalty-rules.ts';
import { naiveLoyalty } from '../../support/naive-loyalty.ts';
import { runs } from '../../support/property-runs.ts';

const { stageNames } = createLoyaltyBench();
const today = 70;
const corrections = [
  { day: 3, points: 40 },
  { day: 9, points: -7 },
];
const commands: RetentionCommand[] = corrections.map(({ day, points }, i) =>
  aPointsCommand({ commandId: `c${i}`, digest: `d${i}`, at: day * dayMs, points }),
);

interface Delivery {
  readonly topic: 'events' | 'commands';
  readonly records: readonly RawRecord[];
}

function chunksOf(events: readonly CustomerRecord[], size: number): Delivery[] {
  const raw = events.map(eventRecord);
  const chunks: Delivery[] = [{ topic: 'commands', records: commands.map(commandRecord) }];
  for (let at = 0; at < raw.length; at += size) chunks.push({ topic: 'events', records: raw.slice(at, at + size) });
  return chunks;
}

function expected(events: readonly CustomerRecord[]) {
  const { days: _days, ...naive } = naiveLoyalty(events, corrections, { asOf: today, lifeDays: 20 });
  return naive;
}

async function balance(bench: ReturnType<typeof createLoyaltyBench>) {
  return loyaltyStanding(await bench.state(), today, someLoyaltyRules())?.points;
}

describe('killed after any stage and started again', () => {
  it.each(stageNames)('after %s: the balance is that of the naive ledger', async (crashAfter) => {
    await fc.assert(
      fc.asyncProperty(loyaltyHistory(), fc.integer({ min: 1, max: 9 }), async (events, size) => {
        const bench = createLoyaltyBench();
        for (const { topic, records } of chunksOf(events, size)) {
          await bench.deliver(topic, records, crashAfter);
          await bench.deliver(topic, records);
        }
        expect(await balance(bench)).toMatchObject(expected(events));
        expect(new Set(bench.audits()).size).toBe(commands.length);
        expect((await bench.state()).audits).toEqual([]);
      }),
      { numRuns: runs(40) },
    );
  });
});

describe('with calls that fail in any way', () => {
  const faults = fc.array(fc.constantFrom<Fault>('ok', 'lost', 'half', 'unheard'), { maxLength: 60 });

  it('the balance is that of the naive ledger once they work again', async () => {
    await fc.assert(
      fc.asyncProperty(loyaltyHistory(), faults, faults, async (events, storeFaults, sinkFaults) => {
        const plain = createMemoryStateStore();
        const store = faultyStore(plain, faultPlan(storeFaults));
        const { sink } = createLoyaltyBench().deps;
        const bench = createLoyaltyBench({ store, sink: faultySink(sink, faultPlan(sinkFaults)) });
        for (const { topic, records } of chunksOf(events, 5)) {
          let isDone = false;
          while (!isDone) {
            isDone = await bench.deliver(topic, records).then(() => true, () => false);
          }
        }
        const check = createLoyaltyBench({ store: plain });
        expect(await balance(check)).toMatchObject(expected(events));
      }),
      { numRuns: runs(100) },
    );
  });
}); // prettier-ignore

describe('several processes on one partition at once', () => {
  it('book everything once', async () => {
    await fc.assert(
      fc.asyncProperty(loyaltyHistory(), fc.scheduler(), async (events, scheduler) => {
        const plain = createMemoryStateStore();
        const store = {
          connectionEpoch: () => plain.connectionEpoch(),
          load: scheduler.scheduleFunction((keys: Parameters<typeof plain.load>[0]) => plain.load(keys)),
          compareAndSet: scheduler.scheduleFunction((updates: Parameters<typeof plain.compareAndSet>[0]) =>
            plain.compareAndSet(updates),
          ),
        };
        const run = async (size: number): Promise<void> => {
          const bench = createLoyaltyBench({ store });
          for (const { topic, records } of chunksOf(events, size)) await bench.deliver(topic, records);
        };
        await scheduler.waitFor(Promise.all([run(2), run(5), run(50)]));
        const check = createLoyaltyBench({ store: plain });
        expect(await balance(check)).toMatchObject(expected(events));
      }),
      { numRuns: runs(60) },
    );
  });
});
