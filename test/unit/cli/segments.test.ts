import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { featureNames } from '../../../services/core/features/feature-catalogue.ts';
import { tierCounts } from '../../../services/core/segments/assign-shares.ts';
import { readCutoffs } from '../../../services/platform/runtime/cutoffs-file.ts';
import { readSegments } from '../../../services/platform/runtime/read-segments.ts';
import { shippedModelDir } from '../../support/model-copy.ts';

const shipped = await readSegments(null, featureNames);

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(['segments', ...args], { env: {}, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

async function directory(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-segments-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

const people = 97;

/** A quarter of customers with rhythms and baskets of their own, one with a comma in the id, one who only cancelled. */
async function orders(dir: string): Promise<string> {
  const lines = ['customer_id,timestamp,amount'];
  for (let i = 0; i < people; i++) {
    const every = 3 + ((i * 31) % 40);
    for (let day = i % every; day < 90; day += every) {
      const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
      lines.push(`c${i},${date},${(5 + ((i * i * 7) % 900)).toFixed(2)}`);
    }
  }
  lines.push('"a,b",2026-01-05,10.00', 'gone,2026-01-05,-10.00', 'later,2026-05-01,10.00');
  const file = join(dir, 'orders.csv');
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

async function assigned(...more: string[]) {
  const dir = await directory();
  const out = join(dir, 'out.csv');
  const model = shippedModelDir;
  const args = ['--orders', await orders(dir), '--cut', '2026-04-01', '--out', out, '--model', model];
  const ran = await run('assign', ...args, ...more);
  expect(ran.stderr + ran.stdout).not.toContain('ERR_');
  expect(ran.code).toBe(0);
  const [head, ...rows] = (await readFile(out, 'utf8')).trimEnd().split('\n');
  return { columns: head.split(','), rows, stdout: ran.stdout };
}

describe('tidewatch segments assign', () => {
  it('gives each customer before the cut one place in every scheme, and meets the shares', async () => {
    const { columns, rows } = await assigned();
    expect(columns).toEqual(['customer_id', ...shipped.names, 'report_stage']);
    expect(rows).toHaveLength(people + 2);
    expect(rows.some((row) => row.startsWith('later,'))).toBe(false);
    const quoted = rows.find((row) => row.startsWith('"a,b",'));
    expect(quoted?.split(',')).toHaveLength(columns.length + 1);
    const cells = rows.filter((row) => row !== quoted).map((row) => row.split(','));
    for (const [name, scheme] of Object.entries(shipped.document.schemes)) {
      const column = columns.indexOf(name);
      for (const row of cells) expect(row[column], name).not.toBe('');
      if (scheme.mode !== 'share') continue;
      const counts = tierCounts(scheme.tiers, rows.length);
      scheme.tiers.forEach((tier, i) => {
        expect(rows.filter((row) => row.split(',').at(column - columns.length) === tier.name)).toHaveLength(counts[i]);
      });
    }
    const gone = cells.find(([customer]) => customer === 'gone');
    expect(gone?.[columns.indexOf('retail5')]).toBe('potential');
  });

  it('writes one scheme alone, and the same twice', async () => {
    const first = await assigned('--scheme', 'lifecycle5');
    expect(first.columns).toEqual(['customer_id', 'lifecycle5', 'report_stage']);
    expect((await assigned('--scheme', 'lifecycle5')).rows).toEqual(first.rows);
    expect(first.stdout).toContain('  lifecycle5: ');
  });

  it('names the schemes there are when asked for another', async () => {
    const dir = await directory();
    const model = shippedModelDir;
    const args = ['--orders', await orders(dir), '--cut', '2026-04-01', '--out', join(dir, 'x'), '--model', model];
    const { code, stderr } = await run('assign', ...args, '--scheme', 'retail6');
    expect(code).toBe(2);
    expect(stderr).toMatch(/"retail6" is unknown; known are retail5, b2b4/);
  });

  it('says what to do where no order lies before the cut', async () => {
    const dir = await directory();
    const { code, stderr } = await run(
      'assign',
      '--orders',
      await orders(dir),
      '--cut',
      '2020-01-01',
      '--out',
      join(dir, 'x'),
    );
    expect(code).toBe(1);
    expect(stderr).toContain('set a later day');
  });
});

describe('tidewatch segments propose', () => {
  it('writes cut-offs for this configuration, which assign takes and no other configuration does', async () => {
    const dir = await directory();
    const model = shippedModelDir;
    const file = join(dir, 'cutoffs.json');
    const { code, stdout } = await run(
      'propose', '--orders', await orders(dir), '--cut', '2026-04-01', '--out', file, '--model', model, '--tenant', 'demo',
    ); // prettier-ignore
    expect(code).toBe(0);
    expect(stdout).toContain(`provision --model DIR --cutoffs ${file}`);
    const cutoffs = await readCutoffs(file, shipped.version);
    expect(cutoffs.map(({ scheme, tier }) => `${scheme}.${tier}`)).toEqual(
      expect.arrayContaining(['demo/retail5.often', 'demo/b2b4.strategic', 'demo/value3.high', 'demo/rfm.recency.4']),
    );
    const { rows } = await assigned('--cutoffs', file, '--tenant', 'demo', '--scheme', 'retail5');
    expect(rows).toHaveLength(people + 2);
    await expect(readCutoffs(file, '2+00000000')).rejects.toMatchObject({
      code: 'ERR_SEGMENTS_INVALID',
      message: expect.stringContaining('propose them again') as string,
    });
  });
});

describe('tidewatch segments check', () => {
  it('accepts the shipped file and lists what it holds', async () => {
    const { code, stdout } = await run('check', 'segments/default.yaml');
    expect(code).toBe(0);
    expect(stdout).toContain('b2b4 (share): strategic, important, potential, general');
    expect(stdout).toContain('lifecycle5 (machine): potential, new, active, dormant, lapsed');
  });

  it('refuses another file with every problem, as a fault of configuration', async () => {
    const file = join(await directory(), 'own.yaml');
    await writeFile(file, (await readFile('segments/default.yaml', 'utf8')).replace('share: 0.6', 'share: 0.7'));
    const { code, stderr } = await run('check', file);
    expect(stderr).toContain('schemes.b2b4.tiers: the shares come to 1.1, not to 1');
    expect(code).toBe(78);
  });
});

describe('tidewatch segments cluster', () => {
  it('gives each customer before the cut a group, named after what it differs in, the same ones every time', async () => {
    const dir = await directory();
    const file = await orders(dir);
    const ran = await Promise.all(
      ['a.csv', 'b.csv'].map((name) =>
        run('cluster', '--orders', file, '--cut', '2026-04-01', '--clusters', '3', '--out', join(dir, name)),
      ),
    );
    expect(ran.map(({ code }) => code)).toEqual([0, 0]);
    const [first, second] = await Promise.all(['a.csv', 'b.csv'].map((name) => readFile(join(dir, name), 'utf8')));
    expect(first).toBe(second);
    const [head, ...rows] = first.trimEnd().split('\n');
    expect(head).toBe('customer_id,cluster,label,label_zh');
    expect(rows).toHaveLength(people + 2);
    for (const row of rows) expect(row).toMatch(/,group-[123],/);
    expect(ran[0].stdout).toMatch(/99 customers in 3 groups\ngroup-1 {2}\d+ {2}/);
  });

  it('refuses a number of groups that makes no sense', async () => {
    const dir = await directory();
    const { code, stderr } = await run('cluster', '--orders', 'x', '--cut', '2026-04-01', '--clusters', '1', '--out', join(dir, 'x')); // prettier-ignore
    expect(code).toBe(2);
    expect(stderr).toContain('--clusters');
  });
});
