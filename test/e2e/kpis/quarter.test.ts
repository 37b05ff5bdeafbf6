import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { env } from 'node:process';
import { type StartedPrometheus, startPrometheus } from '../../../scripts/monitoring/start-prometheus.ts';
import { parsePeriod, type Period } from '../../../services/core/kpis/period.ts';
import { recomputeCells } from '../../../services/core/kpis/recompute/recompute-cells.ts';
import { differingKpis, readRecordedKpis, recomputeKpis } from '../../support/compare-prometheus.ts';
import { eventually } from '../../support/eventually.ts';
import { streamCells, tellRecomputed, tellStreamed } from '../../support/compare-cells.ts';
import { type EventsInstallation, provisionEvents } from '../../support/events-installation.ts';
import { installedRules, readKpiLogs } from '../../support/kpi-installation.ts';
import { kpiQuarter } from '../../support/kpi-quarter.ts';
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

    prometheus = await startPrometheus({ directory, config: configOf(services.urlOf('alerts')) });
    const { url } = prometheus;
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
  });
});

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
