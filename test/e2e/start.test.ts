import { afterEach, describe, expect, it } from 'vitest';
import type { Report } from '../../scripts/start/report/books.ts';
import { eventually } from '../support/eventually.ts';
import { isAlive, runStartProcess, type StartedRun } from '../support/start-process.ts';

const started: StartedRun[] = [];

async function start(...args: string[]): Promise<StartedRun> {
  const run = await runStartProcess(args);
  started.push(run);
  return run;
}

afterEach(async () => {
  for (const run of started.splice(0)) await run.remove();
});

function answered(report: Report): number {
  return report.accepted + report.duplicate + report.rejected + report.suppressed + report.conflict;
}

async function expectBalanced(run: StartedRun): Promise<Report> {
  expect(await run.ended, run.output()).toBe(0);
  const report = await run.report();
  expect(report.sent).toBe(answered(report));
  expect(report.onTopic).toBe(report.accepted);
  expect(report.accepted).toBeGreaterThan(0);
  expect(run.hasRunFile()).toBe(false);
  return report;
}

async function expectAllGone(pids: readonly number[]): Promise<void> {
  await eventually(() => expect(pids.filter(isAlive)).toEqual([]), { timeoutMs: 40_000 });
}

describe('npm start', () => {
  it('runs for the given minutes, ends 0 with books that balance, and leaves nothing behind', async () => {
    const run = await start('--minutes', '0.3');
    const { pids, ingest, console: webConsole } = await run.running();
    expect(Object.keys(pids).sort()).toEqual(['alerts', 'ingest', 'scorer', 'simulator', 'start']);
    expect(Object.values(pids).every(isAlive)).toBe(true);
    expect((await fetch(`${ingest}/readyz`)).status).toBe(200);
    expect(webConsole).toBeNull();
    const report = await expectBalanced(run);
    expect(report.scored).toBeGreaterThan(0);
    expect(report.features).toBeNull();
    await expectAllGone(Object.values(pids));
  });

  it('takes the processes with it when it is killed outright', async () => {
    const run = await start();
    const { pids } = await run.running();
    run.child.kill('SIGKILL');
    await run.ended;
    await expectAllGone(Object.values(pids));
  });

  it('starts killed services again, where they were, without losing or doubling an event', async () => {
    const run = await start('--rate', '100');
    const before = await run.running();
    process.kill(before.pids['scorer'], 'SIGKILL');
    process.kill(before.pids['ingest'], 'SIGKILL');
    const after = await eventually(
      async () => {
        const now = await run.running();
        for (const name of ['scorer', 'ingest'])
          expect(now.pids[name] ?? before.pids[name]).not.toBe(before.pids[name]);
        expect((await fetch(`${now.ingest}/readyz`)).status).toBe(200);
        expect((await fetch(`${now.scorer}/readyz`)).status).toBe(200);
        return now;
      },
      { timeoutMs: 60_000 },
    );
    expect({ ingest: after.ingest, scorer: after.scorer }).toEqual({ ingest: before.ingest, scorer: before.scorer });
    run.child.kill('SIGTERM');
    await expectBalanced(run);
    await expectAllGone(Object.values(after.pids));
  });

  it('counts what other clients send too', async () => {
    const run = await start('--no-simulator');
    const { ingest, writeKey } = await run.running();
    const order = {
      type: 'track',
      event: 'Order Completed',
      userId: 'u1',
      properties: { total: 12.5, currency: 'GBP' },
    };
    const page = { type: 'page', name: 'home', userId: 'u1', messageId: 'm2' };
    const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
    const body = JSON.stringify({ batch: [{ ...order, messageId: 'm1' }, page, page, { ...order, messageId: '' }] });
    const answer = await fetch(`${ingest}/v1/batch`, { method: 'POST', headers: { authorization }, body });
    expect(answer.status).toBe(200);
    run.child.kill('SIGTERM');
    const report = await expectBalanced(run);
    expect(report).toMatchObject({
      sent: 4,
      accepted: 2,
      duplicate: 1,
      rejected: 1,
      scored: 1,
      customers: 1,
    });
  });
});
