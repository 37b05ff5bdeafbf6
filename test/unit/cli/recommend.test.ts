import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';

/**
 * Forty customers of four tastes, five items each; every five days each buys the next item of its taste, and the same
 * popular one, so what comes next can be told by the taste.
 */
function tasteLines(): string {
  const lines = ['customer_id,timestamp,item,units'];
  for (let customer = 0; customer < 40; customer++) {
    for (let step = 0; step < 5; step++) {
      const day = new Date(Date.UTC(2024, 0, 1 + step * 5 + (customer % 5))).toISOString().slice(0, 10);
      const item = (step + Math.floor(customer / 4)) % 5;
      lines.push(`c${customer},${day},taste${customer % 4}-${item},1`, `c${customer},${day},bag,2`);
    }
  }
  return [...lines, ',2024-01-01,bag,1', 'c1,2024-01-02,returned,-1', ''].join('\n');
}

async function run(content: string, ...args: string[]) {
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-recommend-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await writeFile(join(dir, 'lines.csv'), content);
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const out = join(dir, 'out.csv');
  const all = ['recommend', '--lines', join(dir, 'lines.csv'), '--out', out, ...args];
  const code = await runCli(all, { env: {}, stdout, stderr, isTerminal: false });
  const written = await readFile(out, 'utf8').catch(() => '');
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? ''), written };
}

const map = ['--map', 'quantity=units'];
const short = ['--horizon', '5', '--top', '2'];

describe('tidewatch recommend', () => {
  it('names items that fit, each with the one that speaks for it, and beats the most-popular list', async () => {
    const { code, stdout, stderr, written } = await run(
      tasteLines(),
      '--cut',
      '2024-01-21',
      ...map,
      ...short,
      '--evaluate',
    );
    expect(stderr).toContain('Read 400 lines of 40 customers and 21 items; left out: 1 without a customer, 1 returns');
    expect(code).toBe(0);
    expect(stdout).toMatch(/NDCG@2 {2}\d\.\d+ {2}most popular \d\.\d+ {2}difference \d\.\d+ \[\d\.\d+; \d\.\d+\]/);
    const [header, ...rows] = written.trim().split('\n');
    expect(header).toBe('customer_id,rank,item,score,because_of');
    expect(rows).toHaveLength(80);
    for (const row of rows.filter((line) => line.includes(',1,'))) {
      const [customer, , item, , because] = row.split(',');
      const taste = `taste${Number(customer.slice(1)) % 4}-`;
      expect(item).toContain(taste);
      expect(because === 'bag' || because.startsWith(taste), because).toBe(true);
    }
  });

  it('names the most popular items and says so, where purchases tell nothing', async () => {
    const lines = ['customer_id,timestamp,item'];
    for (let customer = 0; customer < 30; customer++)
      lines.push(
        `c${customer},2024-01-05,old${customer}`,
        `c${customer},2024-01-17,new${customer}`,
        `c${customer},2024-01-25,x`,
      );
    const { code, stdout, written } = await run([...lines, ''].join('\n'), '--cut', '2024-01-21', ...short);
    expect(code).toBe(0);
    expect(stdout).toContain('the most popular items are named');
    expect(written.trim().split('\n')).toHaveLength(61);
  });

  it.each([
    ['no file content', '', ['--cut', '2024-01-31'], [1, /holds no rows/]],
    ['an unknown column', 'a,b\n1,2\n', ['--cut', '2024-01-31'], [1, /no column "customer_id"; found a, b/]],
    [
      'unreadable times',
      'customer_id,timestamp,item\n1,01.02.2024,x\n',
      ['--cut', '2024-01-31'],
      [1, /not in ISO form/],
    ],
    [
      'no customers',
      'customer_id,timestamp,item\n,2024-01-01,x\n',
      ['--cut', '2024-01-31'],
      [1, /no line names a customer/],
    ],
    [
      'too few customers',
      'customer_id,timestamp,item\n1,2024-01-01,x\n',
      ['--cut', '2024-01-31'],
      [1, /Only 0 customers/],
    ],
    ['no calendar day', tasteLines(), ['--cut', '2024-02-31'], [2, /not a calendar day/]],
    ['an unknown field', tasteLines(), ['--cut', '2024-01-31', '--map', 'sku=item'], [2, /unknown field "sku"/]],
    [
      'lines that end early',
      tasteLines(),
      ['--cut', '2024-01-31', '--horizon', '20', '--evaluate'],
      [1, /end \d+ days before/],
    ],
  ] as const)('answers %s with a sentence', async (_case, content, args, [exit, sentence]) => {
    const { code, stderr } = await run(content, ...args);
    expect(stderr).toMatch(sentence);
    expect(code).toBe(exit);
  });
});
