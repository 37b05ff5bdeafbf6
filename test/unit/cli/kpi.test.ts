import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../cli/run-cli.ts';
import { rootDir } from '../../support/root-dir.ts';

async function kpi(...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(['kpi', ...args], { env: {}, stdout, stderr, isTerminal: false });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-kpi-verb-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('tidewatch kpi without a stack', () => {
  it('checks a plan, and says what is wrong with another', async () => {
    expect((await kpi('check')).stdout).toMatch(/can be used; its version is 1\+[0-9a-f]{8}/);
    const file = join(directory, 'kpis.yaml');
    const text = await readFile(join(rootDir, 'kpis/default.yaml'), 'utf8');
    await writeFile(file, text.replace('weight: 10', 'weight: 11'));
    const { code, stderr } = await kpi('check', file);
    expect(code).toBe(78);
    expect(stderr).toContain('add up to 101; they must add up to 100');
  });

  it('lists quoted figures as quoted, in both languages', async () => {
    expect((await kpi('benchmarks')).stdout).toMatch(/Second-hand and unchecked\.[^]*\+20 % – \+30 %/);
    expect((await kpi('benchmarks', '--lang', 'zh-CN')).stdout).toContain('未经核实');
  });

  it('reckons with quoted elasticities, and calls each of them unverified', async () => {
    const { stdout } = await kpi('what-if', '--loyalty', '+1');
    expect(stdout).toBe(
      'loyalty +1 % → Profit in a year ≥ +20 % (unverified; handbook 001, F7)\n' +
        'loyalty +1 % → Revenue +0.5 % – +0.8 % (unverified; handbook 002, F7)\n',
    );
    expect(await kpi('what-if')).toMatchObject({ code: 2, stderr: expect.stringContaining('such as --loyalty +1') as string });
    expect((await kpi('what-if', '--change', 'weather=1')).stderr).toContain('No elasticity is known for weather');
    expect((await kpi('what-if', '--loyalty', 'much')).stderr).toContain('write a number such as +1');
  }); // prettier-ignore

  it('splits no day and no week, of which parts are not counted', async () => {
    const { code, stderr } = await kpi('scorecard', '--period', '2026-11-28', '--by', 'channel');
    expect(code).toBe(2);
    expect(stderr).toContain('days and weeks are counted as a whole');
  });

  it('types in only what is not counted, within what it can be, and asks where a name means several KPIs', async () => {
    const refused = async (...args: string[]) => (await kpi('set', ...args)).stderr;
    expect(await refused('market_share', '2026', '12.3')).toContain(
      'a share from 0 to 1, not 12.3; write 12 % as 0.12',
    );
    expect(await refused('市场份额', '2026', '1.01')).toContain('market_share is a share from 0 to 1');
    expect(await refused('crm_maturity', '2026', '101')).toContain('an index from 0 to 100');
    expect(await refused('market_share', '1969', '0.1')).toContain('lies before 1970');
    expect(await refused('LTV', '2026', '1')).toContain('LTV is used for clv, retention, cost_per_retained');
    expect(await refused('CSAT', '2026', '0.9')).toContain(
      'CSAT cannot be typed in; what can is market_share, crm_maturity',
    );
    expect(await refused('__proto__', '2026', '0.9')).toContain('__proto__ cannot be typed in');
  });

  it('recomputes nothing that is not counted so, and says what is', async () => {
    const refused = async (...args: string[]) => (await kpi('recompute', ...args)).stderr;
    expect(await kpi('recompute', '--period', '2026-13')).toMatchObject({ code: 2 });
    expect(await refused('--period', '2026-10', '--kpi', 'weather')).toContain('--kpi weather is not counted');
    expect(await refused('--period', '2026-W40', '--by', 'channel')).toContain('days and weeks are counted as a whole');
    expect(await refused('--period', '2026-10', '--kpi', 'market_share')).toContain(
      'has a value for a year and is not split',
    );
  });
});
