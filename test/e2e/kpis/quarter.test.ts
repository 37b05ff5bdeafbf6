import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePeriod, type Period } from '../../../services/core/kpis/period.ts';
import { recomputeCells } from '../../../services/core/kpis/recompute/recompute-cells.ts';
import { streamCells, tellRecomputed, tellStreamed } from '../../support/compare-cells.ts';
import { type EventsInstallation, provisionEvents } from '../../support/events-installation.ts';
import { installedRules, readKpiLogs } from '../../support/kpi-installation.ts';
import { kpiQuarter } from '../../support/kpi-quarter.ts';
import { KpiServices } from '../../support/kpi-services.ts';
import { runs } from '../../support/property-runs.ts';

const names = ['2026-06-15', '2026-W29', '2026-05', '2026-07', '2026-09', '2026-Q2', '2026-Q3', '2026-H1', '2026'];
const periods = names.map((name) => parsePeriod(name)).filter((period): period is Period => period !== null);
/** 60 in a normal run, some thousands in `npm run prove`. */
const customers = Math.min(3000, runs(60));

/** Half a year of customers through the real scorer and the real alerts, each of which is killed on the way. */
describe('the cells of KPIs, counted from facts of running services', () => {
  let installation: EventsInstallation;
  let services: KpiServices;

  beforeAll(async () => {
    installation = await provisionEvents({ customers: 1, events: 0, partitions: 3 });
    services = new KpiServices(installation);
  }, 120_000);
  afterAll(async () => {
    await services.stop();
    await installation.remove();
  }, 120_000);

  const what = 'are what a recomputation from the logs says, for every period and every part, after each was killed';
  it(what, { timeout: 600_000 }, async () => {
    const seed = 1;
    const records = kpiQuarter({ seed, customers, from: Date.UTC(2026, 3, 1), until: Date.UTC(2026, 9, 1) });
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
      expect(tellStreamed(store, period)).toEqual(batch);
      compared += Object.keys(batch).length;
    }
    console.log(`KPI quarter: seed ${seed}, ${customers} customers, ${records.length} records, ${facts.length} facts, ${compared} cells equal.`); // prettier-ignore
    expect(compared).toBeGreaterThan(1000);
  });
});
