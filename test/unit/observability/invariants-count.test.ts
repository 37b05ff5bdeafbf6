import { expect, it } from 'vitest';
import { createAlertsMetrics } from '../../../services/alerts/alerts-metrics.ts';
import { createKpiMetrics } from '../../../services/alerts/kpi-metrics.ts';
import { HeldMarks } from '../../../services/alerts/kpis/held-marks.ts';
import type { KpiChunk } from '../../../services/alerts/kpis/kpi-context.ts';
import { takeUpMark } from '../../../services/alerts/kpis/take-up-mark.ts';
import { writeCounts } from '../../../services/alerts/kpis/count-facts.ts';
import type { TakenInput } from '../../../services/alerts/alerts-context.ts';
import { createIngestMetrics } from '../../../services/ingest/ingest-metrics.ts';
import { createIngestPipeline, type IngestDeps } from '../../../services/ingest/pipeline.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { createMemoryClaimStore } from '../../../services/platform/memory/memory-claim-store.ts';
import { createMemoryKpiStore } from '../../../services/platform/memory/memory-kpi-store.ts';
import { createVirtualClock } from '../../../services/platform/memory/virtual-clock.ts';
import { invariantCounters } from '../../../services/platform/telemetry/invariant-counters.ts';
import { createLogger, type Logger } from '../../../services/platform/telemetry/logger.ts';
import { createMetrics, type Metrics } from '../../../services/platform/telemetry/metrics.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import type { ScorerContext } from '../../../services/scorer/scorer-context.ts';
import { createScorerMetrics } from '../../../services/scorer/scorer-metrics.ts';
import { aScore } from '../../support/score-builder.ts';
import { aTask } from '../../support/task-builder.ts';
import { aClientEvent, aSender, createRecordingSink, jsonCodec, plan, receivedAt } from '../ingest/ingest-fixtures.ts';

/*
 * Counters that must stay at 0, each made to count: one that cannot would say nothing. What they watch over cannot be
 * caused in a sound service, so the counting parts are given what they should never see.
 */

interface Watched {
  readonly service: string;
  /** Does once what the counter must see. */
  breakIt(around: { readonly metrics: Metrics; readonly logger: Logger }): Promise<void> | void;
  /** What the log says beside it. */
  readonly says?: RegExp;
}

const clock = createVirtualClock(receivedAt);

/** A chunk of a scorer that scored so many events and published these. */
function aChunk(rows: number, scores: readonly Score[]): ScorerContext {
  const record = { channel: 'web', occurredAt: 0, historical: true };
  const scored = Array.from({ length: rows }, () => ({ cause: 'event', record }));
  return { rows: scored, scores, facts: new Map(), degraded: [], counts: new Map() } as unknown as ScorerContext;
}

async function ingestOne({ metrics, logger }: { readonly metrics: Metrics; readonly logger: Logger }, changes: object) {
  const event = aClientEvent();
  const deps: IngestDeps = {
    codec: jsonCodec(),
    deadLetterCodec: jsonCodec(),
    sink: createRecordingSink(),
    claims: createMemoryClaimStore(clock),
    clock,
    digest: nodeDigest,
    plan: () => plan,
    deadline: (work) => work.then(() => true),
    topics: { events: 'events', eventsDeadLetter: 'dlq' },
    partitions: 3,
    telemetry: createIngestMetrics(metrics, logger),
    ...changes,
  };
  const events = 'events' in changes ? (changes.events as readonly (typeof event)[]) : [event];
  await createIngestPipeline(deps).ingest({ sender: aSender(), events, original: () => '{}' });
}

const watched: Readonly<Record<string, Watched>> = {
  tidewatch_state_regressions_total: {
    service: 'scorer',
    breakIt: ({ metrics }) => createScorerMetrics(metrics, clock).stateRegressed(0, 7),
  },
  tidewatch_scores_untrustworthy_total: {
    service: 'scorer',
    breakIt({ metrics }) {
      const churn = { ...aScore().churn, p60: Number.NaN };
      createScorerMetrics(metrics, clock).chunkDone(aChunk(2, [aScore(), aScore({ churn })]));
    },
  },
  tidewatch_scores_unbalanced_total: {
    service: 'scorer',
    breakIt: ({ metrics }) => createScorerMetrics(metrics, clock).chunkDone(aChunk(2, [aScore()])),
  },
  tidewatch_tasks_opened_twice_total: {
    service: 'alerts',
    breakIt({ metrics, logger }) {
      const tasks = [aTask(), aTask({ taskId: 'd'.repeat(32), episode: 2 })];
      const opened = (...open: typeof tasks) => {
        const state = { triggers: [{ trigger: 'churn-risk', tasks: open }] };
        const applied = { result: 'applied', state, fault: null, decisions: [{ kind: 'opened' }] };
        return { input: { kind: 'time' }, applied } as unknown as TakenInput;
      };
      const ended = aTask({ status: 'resolved' });
      const telemetry = createAlertsMetrics({ metrics, clock, logger });
      telemetry.inputsTaken([opened(tasks[0]), opened(ended, tasks[1]), opened(...tasks)]);
    },
  },
  tidewatch_kpi_facts_lost_total: {
    service: 'alerts',
    says: /the log lost KPI facts before they were counted/,
    async breakIt({ metrics, logger }) {
      const store = createMemoryKpiStore();
      const mark = { logId: 'log', nextOffset: 5 };
      await store.apply(0, { expected: null, mark, ledgers: [], changes: [] });
      const bounds = { logId: 'log', partitions: [{ first: 6, end: 8 }] };
      const deps = {
        ...{ store, marks: new HeldMarks(), rules: 'r1', bounds: { read: () => Promise.resolve(bounds), stop: () => Promise.resolve() } }, // prettier-ignore
        telemetry: createKpiMetrics({ metrics, logger, clock, health: () => [] }),
      };
      const chunk = { topic: 'facts', partition: 0, logId: 'log', records: [{ offset: 6, timestamp: 0 }] };
      const counted = { customers: new Map(), changes: [], tally: {} };
      const context = { chunk, connectionEpoch: 1, mark: null, lost: 0, ...counted } as unknown as KpiChunk;
      await takeUpMark(deps, context);
      await writeCounts(deps, context);
    },
  },
  tidewatch_ingest_results_unbalanced_total: {
    service: 'ingest',
    says: /another number of results than it had events/,
    breakIt: (around) => ingestOne(around, { events: Object.assign([aClientEvent()], { map: () => [] }) }),
  },
  tidewatch_ingest_defects_total: {
    service: 'ingest',
    says: /an event met a defect/,
    breakIt(around) {
      const encode = () => {
        throw new TypeError('cannot read properties of undefined');
      };
      return ingestOne(around, { codec: { ...jsonCodec(), encode } });
    },
  },
};

/** Caused on Kafka in test/integration/kafka/source.test.ts, by a log that is cut back. */
const causedElsewhere = ['tidewatch_offsets_lost_total'];

it.each(Object.entries(watched))('%s counts what breaks its promise, once, and says so', async (name, each) => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ name: 'test', level: 'error', destination });
  const metrics = createMetrics(each.service);
  const read = async () => (await metrics.registry.getSingleMetric(name)?.get())?.values.map(({ value }) => value);
  expect(await read()).toEqual([0]);
  await each.breakIt({ metrics, logger });
  expect(await read()).toEqual([1]);
  const others = invariantCounters.filter((other) => other.name !== name && other.services.includes(each.service));
  for (const other of others) {
    expect((await metrics.registry.getSingleMetric(other.name)?.get())?.values).toMatchObject([{ value: 0 }]);
  }
  if (each.says !== undefined) expect(lines.join()).toMatch(each.says);
});

it('leaves out no counter that must stay at 0', () => {
  expect([...Object.keys(watched), ...causedElsewhere].sort()).toEqual(
    invariantCounters.map(({ name }) => name).sort(),
  );
});
