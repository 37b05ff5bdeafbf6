import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlaybookSimulation } from '../../../cli/playbook/playbook-simulation.ts';
import { runCli } from '../../../cli/run-cli.ts';
import { epochDayFromIso } from '../../../services/core/events/epoch-day.ts';
import { scoreToJson } from '../../../services/core/scoring/score-to-json.ts';
import type { Score } from '../../../services/core/scoring/score.ts';
import { rootDir } from '../../support/root-dir.ts';
import { aScore } from '../../support/score-builder.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-simulate-'));
});

afterEach(() => rm(directory, { recursive: true }));

async function simulate(
  lines: readonly string[],
  change: (file: string) => string = (file) => file,
  ...more: string[]
) {
  const [file, scores] = [join(directory, 'playbooks.yaml'), join(directory, 'scores.jsonl')];
  const shipped = await readFile(join(rootDir, 'playbooks/default.yaml'), 'utf8');
  await writeFile(file, change(shipped.replaceAll(/holdout: [\d.]+/g, 'holdout: 0')));
  await writeFile(scores, lines.join('\n'));
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const io = { env: {}, stdout, stderr, isTerminal: false };
  const code = await runCli(['playbook', 'simulate', file, '--on', scores, ...more], io);
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

/** A line as the interface answers it; one version a day of March 2026 for each customer. */
function line(customer: number, day: number, patch: Partial<Score> & { readonly reason?: string } = {}): string {
  const { reason = 'experience', ...rest } = patch;
  const reasons = [{ code: reason, contribution: 1, en: 'x', zhCN: 'x' }];
  const asOf = epochDayFromIso(`2026-03-${String(day).padStart(2, '0')}`);
  const surrogate = customer.toString(16).padStart(32, '0');
  const scoreId = `${customer}-${day}`;
  return JSON.stringify({
    ...scoreToJson(aScore({ surrogate, asOf, stateVersion: day, reasons, scoreId, ...rest })),
    freshnessMs: 7,
  });
}

async function simulated(...args: Parameters<typeof simulate>): Promise<PlaybookSimulation> {
  const [lines, change, ...more] = args;
  const { stdout, stderr } = await simulate(lines, change, '--json', ...more);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as PlaybookSimulation;
}

describe('tidewatch playbook simulate', () => {
  it('counts tasks by day, contacts, worth and cost by playbook', async () => {
    const { playbooks, ...overall } = await simulated([
      line(1, 2),
      line(2, 2, { reason: 'price' }),
      line(3, 5, { reason: 'price' }),
      line(4, 5, { level: 'watch' }),
      line(4, 9, { level: 'none' }),
    ]);
    expect(overall).toMatchObject({ from: '2026-03-02', to: '2026-03-09', customers: 4, scores: 5, stale: 0 });
    const of = (id: string) => playbooks.find((each) => each.id === id);
    expect(of('save-experience')).toMatchObject({
      opened: 1,
      days: { '2026-03-02': 1 },
      contacts: {},
      costMinor: 1000,
    });
    // 0.6 x 120.50 x 0.12 less the offer of 15.00, twice.
    const worthMinor = Math.round(2 * (0.6 * 12_050 * 0.12 - 1500));
    const days = { '2026-03-02': 1, '2026-03-05': 1 };
    expect(of('save-price')).toMatchObject({ opened: 2, treated: 2, holdout: 0, days, contacts: { sms: 2 }, worthMinor, costMinor: 3000 }); // prettier-ignore
    expect(of('save-at-risk')).toMatchObject({ opened: 0, contacts: {}, suppressed: {} });
  });

  it('fills the queues up to their capacity and leaves the rest to the next day', async () => {
    const lines = [1, 2, 3].map((customer) => line(customer, 2, { reason: 'competitor' }));
    const { queues } = await simulated([...lines, line(4, 3, { reason: 'competitor' })], (file) =>
      file.replace('capacity: 50 }', 'capacity: 1 }'),
    );
    expect(queues.find(({ id }) => id === 'manager')).toEqual({
      id: 'manager',
      capacity: 1,
      days: [
        { day: '2026-03-02', came: 3, overflow: 2 },
        { day: '2026-03-03', came: 1, overflow: 2 },
      ],
    });
  });

  it('takes a stage for entered when it comes later, not when the customer stood there at the first score', async () => {
    const { playbooks } = await simulated([
      line(1, 2, { level: 'none', stage: 'dormant' }),
      line(2, 2, { level: 'none', stage: 'active' }),
      line(2, 4, { level: 'none', stage: 'dormant' }),
    ]);
    const woken = playbooks.find(({ id }) => id === 'wake-dormant');
    expect(woken).toMatchObject({ opened: 1, days: { '2026-03-04': 1 } });
  });

  it('leaves out scores that are older than one before, or degraded, and says how many', async () => {
    const lines = [line(1, 3, { stateVersion: 5 }), line(1, 4, { stateVersion: 4 }), line(1, 5, { degraded: true })];
    expect(await simulated(lines)).toMatchObject({ scores: 3, stale: 1, degraded: 1 });
  });

  it('draws the holdout as alerts does', async () => {
    const lines = Array.from({ length: 40 }, (_, customer) => line(customer, 2));
    const { playbooks } = await simulated(lines, (file) => file.replaceAll('holdout: 0', 'holdout: 0.5'));
    const { opened, treated, holdout } = playbooks.find(({ id }) => id === 'save-experience') ?? {};
    expect([opened, (treated ?? 0) + (holdout ?? 0)]).toEqual([40, 40]);
    expect(holdout).toBeGreaterThan(5);
    expect(treated).toBeGreaterThan(5);
  });

  it('prints tables for people', async () => {
    const { code, stdout } = await simulate([line(1, 2), line(2, 3, { reason: 'price' })]);
    expect(code).toBe(0);
    expect(stdout).toContain('over 2 scores of 2 customers, 2026-03-02 to 2026-03-03.');
    expect(stdout).toMatch(/^save-price +1 +0\.5 +1 +1 +0 +sms 1 +-6\.32 +15\.00 +-$/m);
    expect(stdout).toMatch(/^service +200 +1 +1 +0 +0$/m);
    expect(stdout).toContain('Nothing to do: nurture-prospect');
  });

  it('names every line that is no score, without what stands in it', async () => {
    const wrong = JSON.stringify({ ...(JSON.parse(line(1, 2)) as object), level: 'jane@example.org', asOf: 'soon' });
    const { code, stderr, stdout } = await simulate([line(1, 1), '{"jane@', '', wrong]);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('line 2: is no JSON object');
    expect(stderr).toMatch(/line 4: asOf: /);
    expect(stderr).not.toContain('jane');
  });

  it('asks for a file of scores where there is none, or nothing in it', async () => {
    expect((await simulate(['', ''])).stderr).toContain('holds no scores');
    const stderr = new PassThrough();
    const io = { env: {}, stdout: new PassThrough(), stderr, isTerminal: false };
    expect(
      await runCli(['playbook', 'simulate', 'playbooks/default.yaml', '--on', join(directory, 'no.jsonl')], io),
    ).not.toBe(0);
    expect(String(stderr.read())).toContain('no.jsonl cannot be read');
  });
});
