import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { areaUnderCurve } from '../../../models/training/measures/area-under-curve.ts';
import { makeContracts } from '../../support/synthetic-contracts.ts';

// Fitting computes for seconds, on a busy machine for a minute; that is no fault.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let dir = '';
const at = (name: string): string => join(dir, name);

async function run(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await runCli(args, { env: {}, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

async function place(name: string, content: string): Promise<string> {
  await writeFile(at(name), content);
  return at(name);
}

const seen = makeContracts({ rows: 400, seed: 1 });
const unseen = makeContracts({ rows: 2000, seed: 2, firstId: 9001 });
let trained = { code: NaN, stdout: '', stderr: '' };

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tidewatch-tables-'));
  const file = await place('contracts.csv', seen.csv);
  const args = ['train', '--table', file, '--target', 'Churn', '--id', 'customer', '--out', at('model')];
  trained = await run(args);
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('train --table', () => {
  it('writes a model, says what it left out, how far it is and how good it is', async () => {
    expect(trained.code).toBe(0);
    expect(trained.stderr).toMatch(/400 rows, \d+ of them churned; 6 input columns/);
    expect(trained.stderr).toMatch(/Left out country: has one value only/);
    expect(trained.stderr).toMatch(/fitting: 20 of 20/);
    expect(trained.stderr).not.toMatch(/WARNING/);
    expect(trained.stdout).toMatch(/Model written to [^]*AUC +0\.\d{4}[^]*Brier[^]*ECE10[^]*log loss/);
    expect((await readdir(at('model'))).sort()).toEqual(['README.md', 'golden.json', 'manifest.json', 'report.html', 'trees.json', 'weights.bin']); // prettier-ignore
    const report = await readFile(at('model/report.html'), 'utf8');
    const manifest = JSON.parse(await readFile(at('model/manifest.json'), 'utf8')) as {
      metrics: { crossFitted: { auc: number } };
    };
    expect(report).toContain(`<td>auc</td><td>${manifest.metrics.crossFitted.auc.toFixed(4)}</td>`);
    expect(report.match(/<svg/g)).toHaveLength(6);
    const card = await readFile(at('model/README.md'), 'utf8');
    expect(card).toContain(
      'train --table contracts.csv --target Churn --out model --id customer --seed 1 --backend wasm',
    );
  });

  it('measures out of fold, without writing, and names a leak that it uses all the same', async () => {
    const lines = seen.csv.trimEnd().split('\n');
    const leaky = lines.slice(0, 201).map((line, i) => `${line},${i === 0 ? 'reason' : line.endsWith('Yes') ? 'moved' : ''}`); // prettier-ignore
    const file = await place('leaky.csv', `${leaky.join('\n')}\n`);
    const before = await readdir(dir);
    const { code, stdout, stderr } = await run(['train', '--table', file, '--target', 'Churn', '--folds', '2']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/WARNING: reason alone gives an AUC of 1\.000.*--exclude/);
    expect(stderr).toMatch(/Left out customer: looks like an id/);
    expect(stdout).toMatch(/^Out of fold: 200 rows[^]*AUC by fold/);
    expect(Number(/AUC +([\d.]+)/.exec(stdout)?.[1])).toBeGreaterThan(0.99);
    expect(await readdir(dir)).toEqual(before);
  });

  it.each([
    ['an empty file', '', { more: [], exit: 1, says: /holds no rows; give a CSV file with a header/ }],
    ['a header alone', 'a,Churn\n', { more: [], exit: 1, says: /holds no rows/ }],
    [
      'one class',
      `a,Churn\n${'1,No\n2,No\n'.repeat(30)}`,
      { more: [], exit: 1, says: /same Churn, so there is nothing to tell apart/ },
    ],
    [
      'a ragged row',
      'a,Churn\n1,Yes\n1,2,No\n',
      { more: [], exit: 1, says: /Row 2 of .* not counted. has 3 fields, the header has 2/ },
    ],
    ['a name used twice', 'a,a,Churn\n1,2,Yes\n', { more: [], exit: 1, says: /two columns named "a"/ }],
    [
      'an unknown target',
      'a,b\n1,2\n',
      { more: [], exit: 2, says: /--target names the column "Churn", which the table lacks/ },
    ],
    [
      'an unknown column to leave out',
      'a,Churn\n1,Yes\n',
      { more: ['--exclude', 'b'], exit: 2, says: /--exclude names the column "b"/ },
    ],
    ['one fold', 'a,Churn\n1,Yes\n', { more: ['--folds', '1'], exit: 2, says: /--folds 1 leaves nothing to train on/ }],
    [
      'folds by an id without one',
      'a,Churn\n1,Yes\n',
      { more: ['--fold-by', 'id'], exit: 2, says: /--fold-by id needs --id COLUMN/ },
    ],
  ])('refuses %s', async (_what, content, { more, exit, says }) => {
    const file = await place('bad.csv', content);
    const { code, stderr } = await run(['train', '--table', file, '--target', 'Churn', '--out', at('bad'), ...more]);
    expect(code).toBe(exit);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/at .*\.ts:/);
  });

  it.each([
    [['--table', 'x.csv', '--orders', 'y.csv'], /Give --orders or --table, not both/],
    [['--table', 'x.csv'], /Say with --target COLUMN/],
    [['--table', 'x.csv', '--target', 'Churn'], /Say with --out DIR where the model goes, or with --folds N/],
    [['--table', 'no-such.csv', '--target', 'Churn', '--folds', '2'], /no-such.csv does not exist; check the path/],
  ])('refuses the call %o', async (args, message) => {
    const { code, stderr } = await run(['train', ...args]);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toMatch(message);
  });
});

describe('score --table', () => {
  const score = async (csv: string, ...more: string[]): Promise<{ code: number; stderr: string; lines: string[] }> => {
    const file = await place('new.csv', csv);
    const out = at(`preds-${more.length}.csv`);
    const { code, stderr } = await run(['score', '--table', file, '--model', at('model'), '--out', out, ...more]);
    return { code, stderr, lines: code === 0 ? (await readFile(out, 'utf8')).trimEnd().split('\n') : [] };
  };

  it('ranks customers it has not seen nearly as well as the truth does, and says how likely they are to leave', async () => {
    const { code, lines } = await score(unseen.csv);
    expect(code).toBe(0);
    expect(lines[0]).toBe('customer,p_churn');
    expect(lines[1]).toMatch(/^9001,0\.\d+/);
    const said = lines.slice(1).map((line) => Number(line.split(',')[1]));
    expect(said).toHaveLength(2000);
    const ceiling = areaUnderCurve(unseen.truth, unseen.outcomes);
    expect(areaUnderCurve(said, unseen.outcomes)).toBeGreaterThan(ceiling - 0.04);
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(said) - mean(unseen.truth))).toBeLessThan(0.05);
  });

  it('gives the same figures on both backends, and needs neither the target nor the id', async () => {
    const csv = unseen.csv.split('\n').slice(0, 41).map((line) => line.replace(/^[^,]*,|,[^,]*$/g, '')).join('\n'); // prettier-ignore
    const wasm = await score(csv);
    const cpu = await score(csv, '--backend', 'cpu');
    expect(wasm.lines[0]).toBe('row,p_churn');
    expect(wasm.lines.length).toBe(41);
    for (const [i, line] of wasm.lines.slice(1).entries()) {
      const [row, p] = line.split(',').map(Number);
      expect(row).toBe(i + 1);
      expect(Number(cpu.lines[i + 1].split(',')[1])).toBeCloseTo(p, 5);
    }
  });

  it('takes unknown categories and odd numbers, and counts them', async () => {
    const { code, stderr, lines } = await score(
      'customer,region,plan,months,fee,calls,note\n1,moon,weekly,NaN,much,-1e300,a\n2,north,monthly,3,20,,NA\n',
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/1 cells of plan hold a value not met in training and count as "other"/);
    expect(stderr).toMatch(/1 cells of fee hold no number and count as missing/);
    expect(lines.slice(1).map((line) => Number(line.split(',')[1])).every((p) => p > 0 && p < 1)).toBe(true); // prettier-ignore
  });

  it('refuses a table that lacks columns, and a model that was touched', async () => {
    const lacking = await score('customer,region\n1,north\n');
    expect(lacking.code).toBe(1);
    expect(lacking.stderr).toMatch(/lacks the columns plan, months, fee, calls, note, which the model was trained on/);
    expect((await run(['score', '--model', at('model'), '--out', at('x.csv')])).stderr).toMatch(/--table FILE/);
    const trees = await readFile(at('model/trees.json'), 'utf8');
    await writeFile(at('model/trees.json'), trees.replace('"base":', '"base": '));
    const { code, stderr } = await score(unseen.csv);
    await writeFile(at('model/trees.json'), trees);
    expect(code).toBe(78);
    expect(stderr).toMatch(/trees.json is not the file the manifest was made with/);
  });

  it('repeats a training to the bit', async () => {
    const args = [
      'train',
      '--table',
      at('contracts.csv'),
      '--target',
      'Churn',
      '--id',
      'customer',
      '--out',
      at('again'),
    ];
    expect((await run(args)).code).toBe(0);
    const files = ['manifest.json', 'report.html', 'trees.json', 'weights.bin', 'golden.json'];
    for (const file of files) expect(await readFile(at(`again/${file}`))).toEqual(await readFile(at(`model/${file}`)));
  });
});
