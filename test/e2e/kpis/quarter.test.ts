import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { env } from 'node:process';
import { type StartedPrometheus, startPrometheus } from '../../../scripts/monitoring/start-prometheus.ts';
import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import type { CellName } from '../../../services/core/kpis/cells.ts';
import { evaluate } from '../../../services/core/kpis/expression.ts';
import type { KpiDefinition } from '../../../services/core/kpis/kpi-definition.ts';
import { kpiDimensions } from '../../../services/core/kpis/kpi-dimension.ts';
import { kpiRegistry } from '../../../services/core/kpis/kpi-registry.ts';
import { daysIn, monthlyPeriod, periodKinds, periodName, periodOf } from '../../../services/core/kpis/period.ts';
import type { KpiHistory } from '../../../services/core/kpis/recompute/kpi-history.ts';
import { recomputeCells } from '../../../services/core/kpis/recompute/recompute-cells.ts';
import type { KpiStore } from '../../../services/core/ports/kpi-store.ts';
import { createRedisKpiStore } from '../../../services/platform/redis/redis-kpi-store.ts';
import { aRecord } from '../../support/builders.ts';
import { differingKpis, readRecordedKpis, recomputeKpis } from '../../support/compare-prometheus.ts';
import { eventually } from '../../support/eventually.ts';
import { streamCells, tellRecomputed, tellStreamed } from '../../support/compare-cells.ts';
import { type EventsInstallation, provisionEvents } from '../../support/events-installation.ts';
import { installedRules, readKpiLogs } from '../../support/kpi-installation.ts';
import { kpiQuarter } from '../../support/kpi-quarter.ts';
import { figureFacts, publishFacts, repeatFacts, workAsStaff } from '../../support/kpi-staff.ts';
import { openRedis } from '../../support/open-redis.ts';
import { KpiSender } from '../../support/kpi-sender.ts';
import { KpiServices } from '../../support/kpi-services.ts';
import { runs } from '../../support/property-runs.ts';
import { simulatedPast } from '../../support/simulated-past.ts';

const past = simulatedPast(Date.now(), installedRules);
/** 60 in a normal run, more with PROVE_FACTOR. */
const customers = Math.min(3000, runs(60));
/** What ingest had already written when it died unanswered comes a second time. */
const overlap = 10;

describe('a simulated past', () => {
  it('has days in each of its periods, whatever the day is', () => {
    for (let day = Date.UTC(2024, 0, 1, 12); day < Date.UTC(2029, 0, 1); day += 86_400_000) {
      const { from, until, periods } = simulatedPast(day, installedRules);
      const [earliest, latest] = [installedRules.dayOf(from), installedRules.dayOf(until)];
      for (const period of periods) {
        const [first, after] = daysIn(period);
        const days = Math.min(after, latest) - Math.max(first, earliest);
        const least = { day: 1, week: 7, month: 28, quarter: 28, half: 25, year: 120 }[period.kind];
        expect(days, `${periodName(period)} on ${new Date(day).toISOString()}`).toBeGreaterThanOrEqual(least);
      }
    }
  });
});

/** Eight months of customers through the real ingest, scorer and alerts, each of which is killed on the way. */
describe('the cells of KPIs, counted from facts of running services', () => {
  let installation: EventsInstallation;
  let services: KpiServices;
  let prometheus: StartedPrometheus | null = null;
  let directory: string;

  beforeAll(async () => {
    installation = await provisionEvents({ customers: 1, events: 0, partitions: 3 });
    services = new KpiServices(installation);
    directory = await mkdtemp(join(tmpdir(), 'tidewatch-prometheus-'));
  }, 120_000);
  afterAll(async () => {
    await prometheus?.stop();
    await services.stop();
    const { redis, remove } = await openRedis(installation.prefix);
    await remove();
    await redis.close();
    await installation.remove();
    await rm(directory, { recursive: true, force: true });
  }, 120_000);

  const what =
    'are what a recomputation from the logs says, and so is each KPI in a real Prometheus, after each was killed';
  it(what, { timeout: 600_000 }, async () => {
    const seed = Number(env['TEST_SEED'] ?? Date.now()) % 2 ** 31;
    const events = kpiQuarter({ seed, customers, ...past });
    const third = Math.ceil(events.length / 3);
    await Promise.all((['ingest', 'scorer', 'alerts'] as const).map((name) => services.start(name)));
    await installation.publish(events.slice(0, third));
    await services.killAndStart('scorer');
    await installation.publish(events.slice(third, 2 * third));
    await services.killAndStart('alerts');
    const sender = new KpiSender(installation, services);
    await sender.sendAll(events.slice(2 * third - overlap));
    await services.settled();
    const now = Date.now();
    const surrogates = [...new Set(events.map(({ surrogate }) => surrogate))].slice(0, 4);
    const work = await workAsStaff(installation, services.urlOf('alerts'), surrogates);
    await publishFacts(installation, [past.middle, now].flatMap(figureFacts));
    await services.settled();
    const repeated = await repeatFacts(installation);
    await services.settled();

    const { history, records, facts } = await readKpiLogs(installation);
    sender.expectWritten(records);
    expect(sender.unanswered).toBeGreaterThan(0);
    console.log(`KPI quarter: ${sender.answered} events by HTTP, ${sender.unanswered} requests without an answer; ${copiesIn(records)} copies on the log.`); // prettier-ignore
    const store = streamCells(facts, installedRules);
    let compared = 0;
    for (const period of past.periods) {
      const batch = tellRecomputed(recomputeCells(history, period, installedRules), period);
      expect(withoutUnscored(tellStreamed(store, period))).toEqual(withoutUnscored(batch));
      compared += Object.keys(batch).length;
    }
    console.log(`KPI quarter: seed ${seed}, ${customers} customers, ${events.length} records, ${facts.length} facts, ${compared} cells equal.`); // prettier-ignore
    expect(compared).toBeGreaterThan(1000);
    const empty = kpisWithoutValue(history, now);
    console.log(`KPI quarter: staff had ${work.tasks} tasks and ${work.cases} cases, ${repeated} facts came again; without a value: ${empty.join(', ')}.`); // prettier-ignore
    expect(empty.filter((key) => !mayBeEmpty.has(key))).toEqual([]);

    prometheus = await startPrometheus({ directory, config: configOf(services.urlOf('alerts')) });
    await expectRecorded(prometheus.url, history);
    const counted = await readStored(installation);
    expect(counted.facts).toBeGreaterThan(facts.length - 1);
    await forgetAll(installation);
    await eventually(async () => expect(await readStored(installation)).toEqual(counted), {
      timeoutMs: 240_000,
      intervalMs: 1_000,
    });
    await expectRecorded(prometheus.url, history);
  });
});

/** How many events stand on the log more than once, counted without the first of each. */
function copiesIn(records: readonly CustomerRecord[]): number {
  const events = records.filter(({ kind }) => kind === 'event');
  return events.length - new Set(events.map(({ surrogate, eventId }) => `${surrogate} ${eventId}`)).size;
}

/** Every KPI in Prometheus is what the logs say. */
async function expectRecorded(url: string, history: KpiHistory): Promise<void> {
  await eventually(
    async () => {
      const recomputed = recomputeKpis(history, installedRules, Date.now());
      const recorded = await readRecordedKpis(url);
      expect(differingKpis(recorded, recomputed)).toEqual([]);
      // Fewer on the first days of a year, when nothing has happened yet in any period of today.
      expect(recorded.size).toBeGreaterThan(40);
      console.log(`KPI quarter: ${recorded.size} values of KPIs in Prometheus equal their recomputation.`);
    },
    { timeoutMs: 120_000, intervalMs: 2_000 },
  );
}

async function withStore<T>({ prefix }: EventsInstallation, use: (store: KpiStore) => Promise<T>): Promise<T> {
  const { redis } = await openRedis(prefix);
  try {
    return await use(createRedisKpiStore({ redis, keyPrefix: prefix }));
  } finally {
    await redis.close();
  }
}

/** How many facts the store has counted, and the cells of all months with every split. */
function readStored(installation: EventsInstallation) {
  return withStore(installation, async (store) => {
    const { partitions = 0 } = (await store.layout()) ?? {};
    const marks = await Promise.all(Array.from({ length: partitions }, (_, partition) => store.mark(partition)));
    const months = await store.months(tenant);
    const wanted = months.map((month) => monthlyPeriod('month', month));
    const cells = await Promise.all(kpiDimensions.map((dimension) => store.read(tenant, wanted, dimension)));
    return { facts: marks.reduce((sum, mark) => sum + (mark?.nextOffset ?? 0), 0), months, cells };
  });
}

/** What `tidewatch kpi rebuild` does. */
function forgetAll(installation: EventsInstallation): Promise<void> {
  return withStore(installation, async (store) => {
    const { partitions = 0 } = (await store.layout()) ?? {};
    for (let partition = 0; partition < partitions; partition++) await store.forget(partition);
  });
}

/** Keys of KPIs that have a value in none of the periods, nor in those of today. */
function kpisWithoutValue(history: KpiHistory, now: number): readonly string[] {
  const today = installedRules.dayOf(now);
  const all = [...past.periods, ...periodKinds.map((kind) => periodOf(kind, today))];
  const readers = all.map((period) => {
    const { cells, opening } = recomputeCells(history, period, installedRules);
    return {
      kind: period.kind,
      cell: (name: CellName) => cells.get('')?.get(name) ?? 0,
      opening: (name: CellName) => opening.get('')?.get(name) ?? 0,
    };
  });
  const isEmpty = ({ formula, periods: kinds }: KpiDefinition): boolean =>
    !readers.some((reader) => kinds.includes(reader.kind) && evaluate(formula, reader) !== null);
  return kpiRegistry.filter(isEmpty).map(({ key }) => key);
}

/**
 * A cohort of twelve months needs a longer past than these eight months. Effects of tasks are measured 90 days after they were
 * opened: few of 60 customers have one of a win-back playbook, and chance decides who is held out.
 */
const mayBeEmpty: ReadonlySet<string> = new Set([
  'retention_cohort_12', 'winback', 'winback_uplift', 'churn_avoided', 'return_on_spend',
]); // prettier-ignore
const { tenant } = aRecord({});

/**
 * Events that no feature reads are not scored: whether a day that was closed just before them has reached their customer by then
 * is up to the sweep, and so are tier and stage that they are counted under.
 */
function withoutUnscored(said: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(said).filter(
      ([key]) => !/^(tier|stage)=\S+ (offers_shown|cross_sell_shown|value_added_minor)$/.test(key),
    ),
  );
}

function configOf(alerts: string): string {
  return JSON.stringify({
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [resolve('observability/prometheus/rules/kpis.yml')],
    scrape_configs: [{ job_name: 'tidewatch', static_configs: [{ targets: [new URL(alerts).host] }] }],
  });
}
