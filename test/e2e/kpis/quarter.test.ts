import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { env } from 'node:process';
import { type StartedPrometheus, startPrometheus } from '../../../scripts/monitoring/start-prometheus.ts';
import type { CellName } from '../../../services/core/kpis/cells.ts';
import { evaluate } from '../../../services/core/kpis/expression.ts';
import type { KpiDefinition } from '../../../services/core/kpis/kpi-definition.ts';
import { kpiDimensions } from '../../../services/core/kpis/kpi-dimension.ts';
import { kpiRegistry } from '../../../services/core/kpis/kpi-registry.ts';
import { monthlyPeriod, parsePeriod, type Period, periodKinds, periodOf } from '../../../services/core/kpis/period.ts';
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
import { KpiServices } from '../../support/kpi-services.ts';
import { runs } from '../../support/property-runs.ts';

/** Weeks and quarters of the past year, whatever the date is. */
const names = ['2026-06-15', '2026-W29', '2026-05', '2026-07', '2026-09', '2026-Q2', '2026-Q3', '2026-H1', '2026'];
const periods = names.map((name) => parsePeriod(name)).filter((period): period is Period => period !== null);
/** 60 in a normal run, some thousands in `npm run prove`. */
const customers = Math.min(3000, runs(60));

/** Half a year of customers through the real scorer and the real alerts, each of which is killed on the way. */
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
    await installation.remove();
    await rm(directory, { recursive: true, force: true });
  }, 120_000);

  const what =
    'are what a recomputation from the logs says, and so is each KPI in a real Prometheus, after each was killed';
  it(what, { timeout: 600_000 }, async () => {
    const seed = Number(env['TEST_SEED'] ?? Date.now()) % 2 ** 31;
    const records = kpiQuarter({ seed, customers, from: Date.now() - 240 * 86_400_000, until: Date.now() });
    const third = Math.ceil(records.length / 3);
    await Promise.all([services.start('scorer'), services.start('alerts')]);
    await installation.publish(records.slice(0, third));
    await services.killAndStart('scorer');
    await installation.publish(records.slice(third, 2 * third));
    await services.killAndStart('alerts');
    await installation.publish(records.slice(2 * third));
    await services.settled();
    const now = Date.now();
    const surrogates = [...new Set(records.map(({ surrogate }) => surrogate))].slice(0, 4);
    const work = await workAsStaff(installation, services.urlOf('alerts'), surrogates);
    await publishFacts(installation, figureFacts(now, installedRules.dayOf(now)));
    await services.settled();
    const repeated = await repeatFacts(installation);
    await services.settled();

    const { history, facts } = await readKpiLogs(installation);
    const store = streamCells(facts, installedRules);
    let compared = 0;
    for (const period of periods) {
      const batch = tellRecomputed(recomputeCells(history, period, installedRules), period);
      expect(withoutUnscored(tellStreamed(store, period))).toEqual(withoutUnscored(batch));
      compared += Object.keys(batch).length;
    }
    console.log(`KPI quarter: seed ${seed}, ${customers} customers, ${records.length} records, ${facts.length} facts, ${compared} cells equal.`); // prettier-ignore
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
      timeoutMs: 90_000,
      intervalMs: 1_000,
    });
    await expectRecorded(prometheus.url, history);
  });
});

/** Every KPI in Prometheus is what the logs say. */
async function expectRecorded(url: string, history: KpiHistory): Promise<void> {
  await eventually(
    async () => {
      const recomputed = recomputeKpis(history, installedRules, Date.now());
      const recorded = await readRecordedKpis(url);
      expect(differingKpis(recorded, recomputed)).toEqual([]);
      expect(recorded.size).toBeGreaterThan(60);
      console.log(`KPI quarter: ${recorded.size} values of KPIs in Prometheus equal their recomputation.`);
    },
    { timeoutMs: 60_000, intervalMs: 2_000 },
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
  const all = [...periods, ...periodKinds.map((kind) => periodOf(kind, today))];
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
