import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { EngineError } from '../../../services/core/errors.ts';
import { topicsWithPrefix } from '../../../services/core/events/topics.ts';
import { applyKpiFact } from '../../../services/core/kpis/apply-kpi-fact.ts';
import type { CellChange } from '../../../services/core/kpis/cell-change.ts';
import type { CellName } from '../../../services/core/kpis/cells.ts';
import { type CustomerLedger, emptyLedger } from '../../../services/core/kpis/customer-ledger.ts';
import type { KpiFact } from '../../../services/core/kpis/kpi-fact.ts';
import type { KpiSlice } from '../../../services/core/kpis/kpi-dimension.ts';
import { usualKpiRules } from '../../../services/core/kpis/kpi-rules.ts';
import { parsePeriod } from '../../../services/core/kpis/period.ts';
import { createSchemaRegistry } from '../../../services/platform/avro/schema-registry.ts';
import { createKafkaClient } from '../../../services/platform/kafka/kafka-client.ts';
import { scanLog } from '../../../services/platform/kafka/scan-log.ts';
import { createRedisKpiStore } from '../../../services/platform/redis/redis-kpi-store.ts';
import { createLogger } from '../../../services/platform/telemetry/logger.ts';
import type { KpiStore } from '../../../services/core/ports/kpi-store.ts';
import { createIngestInstallation, type IngestInstallation } from '../../support/ingest-installation.ts';

const logger = createLogger({ name: 'test', level: 'silent' });
let world: IngestInstallation;
let directory: string;
let store: KpiStore;
let tenant: string;

beforeAll(async () => {
  world = await createIngestInstallation();
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-kpi-'));
  [{ id: tenant }] = world.installation.tenants;
  store = createRedisKpiStore({ redis: world.redis.redis, keyPrefix: world.env['TIDEWATCH_KEY_PREFIX'] });
  await store.layOut({ logId: null, partitions: 1, rules: null });
  await hold('2025-04', { csat_answers: 100, csat_satisfied: 70 });
  await hold('2025-10', { csat_answers: 200, csat_satisfied: 180, csat_points: 17_000 });
});

afterAll(async () => {
  await world.remove();
  await rm(directory, { recursive: true, force: true });
});

/** Lets cells hold so much more, of all customers and of one part. */
async function hold(
  period: string,
  cells: Partial<Record<CellName, number>>,
  part: KpiSlice = { dimension: 'tier', value: 'retail5.core' },
): Promise<void> {
  const expected = await store.mark(0);
  const slices = [null, part];
  const changes = slices.flatMap((slice) =>
    Object.entries(cells).map(([cell, by]) => {
      const change: CellChange = { period: parsePeriod(period)!, cell: cell as CellName, slice, by };
      return { tenant, change };
    }),
  );
  const mark = { logId: null, nextOffset: (expected?.nextOffset ?? 0) + 1 };
  expect(await store.apply(0, { expected, mark, ledgers: [], changes })).toBe(true);
}

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const all = ['kpi', ...args, '--tenant', tenant, '--directory', directory];
  const code = await runCli(all, { env: world.env, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

/** What the facts on the topic come to, each counted as the aggregator counts it. */
async function counted(kind: KpiFact['kind']): Promise<Record<string, number>> {
  const registry = createSchemaRegistry({ url: world.env['SCHEMA_REGISTRY_URL'], logger });
  const topic = topicsWithPrefix(world.prefix).kpiFacts;
  const codec = await registry.codec<KpiFact>(topic, 'kpi-fact');
  const client = createKafkaClient({ brokers: world.env['KAFKA_BROKERS'].split(','), clientId: 'test', logger });
  const ledgers = new Map<string, CustomerLedger>();
  const sums: Record<string, number> = {};
  const rules = { ...usualKpiRules, dayOf: (ms: number) => Math.floor(ms / 86_400_000) };
  await scanLog({ client, topic, logger }, async (records) => {
    for (const fact of await codec.decode(records.map(({ value }) => value))) {
      if (fact instanceof EngineError) throw fact;
      if (fact.kind !== kind) continue;
      const before = ledgers.get(fact.surrogate) ?? emptyLedger();
      const { ledger, changes } = applyKpiFact(before, fact, rules);
      ledgers.set(fact.surrogate, ledger);
      for (const { period, cell, slice, by } of changes) {
        if (period.kind === 'month' && slice === null) sums[cell] = (sums[cell] ?? 0) + by;
      }
    }
  });
  return sums;
}

describe('tidewatch kpi', () => {
  it('shows the scorecard of a period, and of each tier, in both languages and for machines', async () => {
    const { code, stdout, stderr } = await run('scorecard', '--period', '2025-10', '--by', 'tier', '--format', 'json');
    expect([code, stderr]).toEqual([0, '']);
    const cards = JSON.parse(stdout) as { slice: unknown; kpis: { key: string; value: number | null }[] }[];
    expect(cards.map(({ slice }) => slice)).toEqual([null, { dimension: 'tier', value: 'retail5.core' }]);
    const value = (key: string) => cards[0].kpis.find((kpi) => kpi.key === key)?.value;
    expect([value('csat_share'), value('csat_index')]).toEqual([0.9, 85]);
    expect((await run('scorecard', '--period', '2025-10', '--lang', 'zh-CN')).stdout).toContain('综合得分');
    expect(await run('scorecard', '--period', '2025-13')).toMatchObject({ code: 2, stderr: expect.stringContaining('is no period') as string });
  }); // prettier-ignore

  it('tells who came into each stage and who left it, of a week too', async () => {
    const stage = (value: string): KpiSlice => ({ dimension: 'stage', value });
    await hold('2025-06-11', { stage_entries: 3 }, stage('retail.growing'));
    await hold('2025-06-12', { stage_entries: 1, stage_exits: 2 }, stage('retail.growing'));
    await hold('2025-06-12', { stage_exits: 1 }, stage('retail.new'));
    await hold('2025-06', { relation_customers: 4, potential_customers: 1, stage_entries: 4 }, stage('retail.growing'));
    const week = JSON.parse((await run('flows', '--period', '2025-W24', '--format', 'json')).stdout) as object;
    expect(week).toMatchObject({
      period: '2025-W24',
      stages: [
        { stage: 'retail.growing', atEnd: null, entries: 4, exits: 2 },
        { stage: 'retail.new', atEnd: null, entries: 0, exits: 1 },
      ],
    });
    expect((await run('flows', '--period', '2025-06', '--format', 'csv')).stdout).toContain(
      `${tenant},2025-06,retail.growing,5,4,0`,
    );
    expect((await run('flows', '--period', '2025-06', '--lang', 'zh-CN')).stdout).toContain('流入');
  });

  it('makes a page that stands alone, with quoted figures apart', async () => {
    const { stdout } = await run('report', '--period', '2025-10', '--format', 'html', '--lang', 'zh-CN');
    expect(stdout).toMatch(/^<!doctype html>/);
    expect(stdout).toContain('90.0 %');
    expect(stdout).not.toMatch(/<script|src=|href=/);
    expect(stdout.indexOf('class="quoted"')).toBeGreaterThan(stdout.indexOf('90.0 %'));
  });

  it('archives a period once, and what is counted later beside it', async () => {
    const archive = join(directory, 'archive');
    const once = () => run('report', '--period', '2025-08', '--archive', archive);
    expect((await once()).stdout).toContain('revision 1 archived');
    expect((await once()).stdout).toContain('says the same, nothing was written');
    const before = await readFile(join(archive, tenant, '2025-08', 'scorecard', 'r1', 'report.json'), 'utf8');
    await hold('2025-08', { csat_answers: 100 });
    expect((await once()).stdout).toContain('revision 2 archived');
    expect(await readFile(join(archive, tenant, '2025-08', 'scorecard', 'r1', 'report.json'), 'utf8')).toBe(before);
    expect((await readdir(join(archive, tenant, '2025-08', 'scorecard'))).sort()).toEqual(['r1', 'r2']);
    const list = async () => (await run('report', '--list', '--archive', archive)).stdout;
    expect(await list()).toMatch(/revision 1 .* as written\n.*revision 2 .* as written\n$/);
    const page = join(archive, tenant, '2025-08', 'scorecard', 'r1', 'report.html');
    await chmod(page, 0o644);
    await writeFile(page, 'better figures');
    expect(await list()).toMatch(/revision 1 .* ALTERED\n.*revision 2 .* as written\n$/);
    const seal = join(archive, tenant, '2025-08', 'scorecard', 'r2', 'seal.json');
    await chmod(seal, 0o644);
    await writeFile(seal, '{"archivedAt":"2025-09-01","files":{}}');
    expect(await list()).toMatch(/revision 2 .* ALTERED\n$/);
  });

  it('archives nothing of a period that still runs', async () => {
    const { code, stderr } = await run('report', '--period', '2999-01', '--archive', join(directory, 'archive'));
    expect(code).toBe(2);
    expect(stderr).toContain('2999-01 is not over yet');
  });

  it('makes each report of the KPI file with its own KPIs, of the periods it is made for', async () => {
    const { stdout } = await run('report', '--period', '2025-Q4', '--report', 'relations', '--format', 'json');
    const made = JSON.parse(stdout) as { report: { key: string }; scorecard: { kpis: { key: string }[] } };
    expect(made.report.key).toBe('relations');
    // Retention of cohorts is of months; it has its table of its own.
    const keys = ['churn', 'clv', 'relationship_length', 'renewal', 'repurchase', 'retention', 'winback'];
    expect(made.scorecard.kpis.map(({ key }) => key).sort()).toEqual(keys);
    const refused = async (...args: string[]) => (await run('report', ...args)).stderr;
    expect(await refused('--period', '2025-10', '--report', 'relations')).toContain(
      'of each quarter, half, not of a month',
    );
    expect(await refused('--period', '2025-10', '--report', 'tax')).toContain(
      'satisfaction, scorecard, relations, effect',
    );
    expect(await refused('--due')).toContain('--due archives: add --archive DIR');
  });

  it('archives what is due, once', async () => {
    const archive = join(directory, 'due');
    const first = await run('report', '--due', '--archive', archive);
    expect([first.code, first.stderr]).toEqual([0, '']);
    // satisfaction 2, scorecard 4, relations 2, effect 2
    expect(first.stdout.match(/revision 1 archived/g)).toHaveLength(10);
    const again = await run('report', '--due', '--archive', archive);
    expect(again.stdout.match(/says the same, nothing was written/g)).toHaveLength(10);
    expect((await run('report', '--list', '--archive', archive)).stdout.match(/as written/g)).toHaveLength(10);
  });

  it('freezes a baseline once, and holds the time after go-live against it', async () => {
    const file = join(directory, 'baseline.json');
    expect(await run('baseline', 'freeze', '--go-live', '2025-07-01', '--out', file)).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect((await run('baseline', 'freeze', '--go-live', '2025-07-01', '--out', file)).stderr).toContain(
      'is frozen once',
    );
    const compared = () => run('baseline', 'compare', '--baseline', file, '--period', '2025-H2', '--format', 'json');
    const { stdout, stderr } = await compared();
    expect(stderr).toBe('');
    interface Row { kpi: { key: string }; before: number; noInterval: string | null; interval: { low: number } | null } // prettier-ignore
    const { slices } = JSON.parse(stdout) as { slices: { kpis: Row[] }[] };
    const share = slices[0].kpis.find(({ kpi }) => kpi.key === 'csat_share');
    expect(share).toMatchObject({ before: 0.7, noInterval: null });
    await chmod(file, 0o644);
    await writeFile(file, (await readFile(file, 'utf8')).replace('"value": 0.7', '"value": 0.1'));
    expect((await compared()).stderr).toContain('was changed after it was frozen');
  });

  it('imports spend: bad rows are named while their neighbours go on, and the same again changes nothing', async () => {
    const file = join(directory, 'spend.csv');
    const rows = ['2025-10-01,acquisition,100.50,web', '2025-10-32,acquisition,1,web', '2025-10-02,upkeep,20,', '2025-10-03,acquisition,49.50,radio'];
    await writeFile(file, ['Date,Sort,Cost,Via', ...rows].join('\n'));
    const command = ['spend', 'import', file, '--map', 'day=Date,type=Sort,amount=Cost,channel=Via'];
    expect((await run(...command, '--dry-run')).stdout).toContain('2 rows would be taken (dry run), 2 refused');
    expect(await counted('spend')).toEqual({});
    const first = await run(...command, '--results', join(directory, 'results.csv'));
    expect(first.code).toBe(1);
    expect(first.stderr).toMatch(/row 2: Date: "2025-10-32" is no calendar day[^]*row 4: Via: "radio" is no channel/);
    expect(await readFile(join(directory, 'results.csv'), 'utf8')).toMatch(/^row,result,why\n1,taken,\n2,refused,/);
    const once = { spend_acquisition_minor: 10_050, spend_upkeep_minor: 2_000 };
    expect(await counted('spend')).toEqual(once);
    await run(...command);
    expect(await counted('spend')).toEqual(once);
    await writeFile(file, ['Date,Sort,Cost,Via', rows[0].replace('100.50', '80'), ...rows.slice(1)].join('\n'));
    await run(...command);
    expect(await counted('spend')).toEqual({ ...once, spend_acquisition_minor: 8_000 });
  }); // prettier-ignore

  it('takes a typed figure, and puts the next one in its place', async () => {
    expect(await run('set', 'market_share', '2025', '0.12')).toMatchObject({ code: 0, stderr: '' });
    expect(await counted('typed')).toEqual({ typed_market_share: 120_000 });
    await run('set', 'market_share', '2025', '0.15');
    expect(await counted('typed')).toEqual({ typed_market_share: 150_000 });
    expect((await run('set', 'csat_share', '2025', '0.9')).stderr).toContain('cannot be typed in');
  });
});
