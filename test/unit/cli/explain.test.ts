import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { shippedModelDir } from '../../support/model-copy.ts';

const orders = [
  'customer_id,timestamp,amount',
  '1,2024-01-05 10:00:00,50.00',
  '1,2024-02-04 10:00:00,60.00',
  '1,2024-02-05 10:00:00,-60.00',
  '2,2024-11-01 10:00:00,80.00',
  '',
].join('\n');

async function explain(...more: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'tidewatch-explain-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const file = join(dir, 'orders.csv');
  await writeFile(file, orders);
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const args = ['explain', '--orders', file, '--model', shippedModelDir, '--cut', '2024-12-01', ...more];
  const code = await runCli(args, { env: {}, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

describe('tidewatch explain', () => {
  it('tells the reasons with the figures of the customer', async () => {
    const { code, stdout } = await explain('--customer', '1');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Customer 1: \d+% risk of no purchase within 90 days/);
    expect(stdout).toMatch(/\d\. Silence: .* \(typical .*\n {3}Remind with a personal offer/);
  });

  it('tells them in Chinese', async () => {
    const { code, stdout } = await explain('--customer', '1', '--lang', 'zh-CN');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^客户1：90天内无购买的风险为\d+%/);
    expect(stdout).toContain('购买沉默：');
  });

  it('prints JSON whose contributions account for the difference', async () => {
    const { code, stdout } = await explain('--customer', '1', '--json');
    expect(code).toBe(0);
    const json = JSON.parse(stdout) as {
      customer: string;
      asOf: string;
      reasons: { code: string; contribution: number; text: Record<string, string> }[];
      risk: { baseline: number; customer: number; contributions: Record<string, number> };
    };
    expect(json).toMatchObject({ customer: '1', asOf: '2024-12-01' });
    expect(json.reasons[0].text['zh-CN']).toContain('一般为');
    const sum = Object.values(json.risk.contributions).reduce((total, contribution) => total + contribution, 0);
    const difference = json.risk.customer - json.risk.baseline;
    expect(Math.abs(sum - difference)).toBeLessThanOrEqual(0.01 * Math.abs(difference));
  });

  it('looks at nothing from the cut on', async () => {
    const { code, stderr } = await explain('--customer', '2', '--cut', '2024-11-01');
    expect(code).toBe(1);
    expect(stderr).toContain('The customer 2 has no order before --cut');
  });

  it.each([
    [['--customer', '1', '--lang', 'de'], '--lang de is not known; give en or zh-CN.'],
    [[], '--orders needs --customer ID, --cut YYYY-MM-DD and --model DIR.'],
    [['--customer', '1', '--score', 'ab'], 'Give --orders or --score, not both.'],
  ])('refuses the call %j', async (more, message) => {
    const { code, stderr } = await explain(...more);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
