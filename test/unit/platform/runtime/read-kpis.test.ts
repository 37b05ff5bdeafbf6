import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addKpiTargetGauge } from '../../../../services/alerts/kpi-target-gauge.ts';
import { compileKpiPlan } from '../../../../services/core/kpis/compile-kpi-plan.ts';
import { trafficLight } from '../../../../services/core/kpis/kpi-target.ts';
import { readKpis } from '../../../../services/platform/runtime/read-kpis.ts';
import { createMetrics } from '../../../../services/platform/telemetry/metrics.ts';
import { rootDir } from '../../../support/root-dir.ts';

let folder: string;
let shipped: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kpis-'));
  shipped = await readFile(join(rootDir, 'kpis', 'default.yaml'), 'utf8');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The shipped file with texts in place of others, each of which must be there. */
async function changed(name: string, changes: readonly (readonly [from: string, to: string])[]): Promise<string> {
  let text = shipped;
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const demo = { tenant: 'demo', minorPerMajor: 100 };

describe('the KPI file', () => {
  it('as shipped can be used without a warning, and has a plan for every KPI', async () => {
    const { version, document, warnings } = await readKpis(null);
    expect(warnings).toEqual([]);
    const plan = compileKpiPlan(version, document, demo);
    const weights = [...plan.kpis.values()].reduce((sum, { weight }) => sum + weight, 0);
    expect(weights).toBe(100);
  });

  it('holds money in major units and times with their unit', async () => {
    const { version, document } = await readKpis(null);
    const { kpis } = compileKpiPlan(version, document, demo);
    expect(kpis.get('cac')?.targets.get('month')?.green).toEqual({ least: 5_000, most: 10_000 });
    expect(kpis.get('first_response_time')?.targets.get('day')?.green).toEqual({ least: null, most: 86_400_000 });
  });

  it('gives a tenant the targets of its profile, and the lights around them', async () => {
    const path = await changed('finance.yaml', [['tenants: {}', 'tenants: { acme: { profile: finance } }']]);
    const { version, document } = await readKpis(path);
    const [acme, other] = ['acme', 'demo'].map((tenant) => compileKpiPlan(version, document, { ...demo, tenant }));
    const target = acme?.kpis.get('churn')?.targets.get('year');
    expect(target).toEqual({ green: { least: null, most: 0.05 }, amber: { least: null, most: 0.08 } });
    expect(other?.kpis.get('churn')?.targets.get('year')?.green.most).toBe(0.15);
    if (target === undefined) throw new Error('no target');
    expect([0.05, 0.08, 0.081].map((value) => trafficLight(value, target))).toEqual(['green', 'amber', 'red']);
  });

  it('is refused with every problem and its place', async () => {
    const path = await changed('wrong.yaml', [
      ['    weight: 10\n', '    weight: 11\n'],
      ['owner: service', 'owner: nobody'],
      ['{ at_most: 24h, amber_to: 36h }', '{ at_most: 24, amber_to: 36h }'],
      ['{ at_least: 88, amber_from: 75 }', '{ at_least: 88, amber_from: 95 }'],
      ['CSAT: csat_share', 'CSAT: csat'],
      ['adds_up: false # 105 %', 'adds_up: true'],
      ['every: [half, year]', 'every: [week, year]'],
      ['clv, relationship_length', 'retention_cohort_6, relationship_length'],
      ['profile: retail', 'profile: retale'],
      ['{ at_least: 0.6, amber_from: 0.5 }', '{ at_least: 60, amber_from: 50 }'],
      ['{ at_least: 30, amber_from: 0 }', '{ at_least: 130, amber_from: 0 }'],
    ]);
    const fault = await readKpis(path).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'ERR_KPIS_INVALID' });
    const { message } = fault as Error;
    for (const problem of [
      'kpis: weights add up to 101; they must add up to 100',
      'kpis.csat_share.owner: "nobody" is none of the owners',
      'kpis.first_response_time.targets.any.at_most: must be a time like "24h" or "500ms"',
      'kpis.csat_index.targets.any.amber_from: must be at_least or lower',
      'aliases.CSAT: "csat" is no KPI',
      'reference_sets.churn-reasons-2: shares add up to 1.05, not to 1; say adds_up: false',
      'reports.relations.kpis.3: retention_cohort_6 has a value for month alone, of which the report is not made',
      'reports.effect.every.0: a report is of a month or longer, not of a week',
      'kpis.retention.targets.any.at_least: must be a share of -1 to 1; write 85 % as 0.85',
      'kpis.nps.targets.any.at_least: must be a number of -100 to 100',
      'profile: "retale" is none of the profiles',
    ]) {
      expect(message).toContain(problem);
    }
  });

  it('warns where retention and churn of one window and cohort do not make 100 %', async () => {
    const path = await changed('warned.yaml', [
      ['{ at_most: 0.4, amber_to: 0.5 }', '{ at_most: 0.05, amber_to: 0.5 }'],
    ]);
    const { warnings } = await readKpis(path);
    expect(warnings).toEqual([
      'kpis: the targets of retention and churn_of_buyers make 65 %; they have one window and one cohort and make 100 %',
    ]);
  });

  it('is shown to Prometheus as it stands now', async () => {
    const other = await changed('other.yaml', [["version: '1'", "version: '2'"], ['{ at_least: 88, amber_from: 75 }', '{ at_least: 90 }']]); // prettier-ignore
    let kpis = await readKpis(null);
    const metrics = createMetrics('alerts');
    addKpiTargetGauge(metrics, () => [
      { id: demo.tenant, plan: () => compileKpiPlan(kpis.version, kpis.document, demo) },
    ]);
    const line = (light: string): string => `tidewatch_kpi_target{tenant="demo",kpi="csat_index",period="month",light="${light}",bound="least"}`; // prettier-ignore
    expect(await metrics.registry.metrics()).toContain(`${line('amber')} 75`);
    kpis = await readKpis(other);
    expect(await metrics.registry.metrics()).toContain(`${line('amber')} 90`);
  });
});
