import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startPrometheus, type StartedPrometheus } from '../../../scripts/monitoring/start-prometheus.ts';
import { eventually } from '../../support/eventually.ts';
import { isAlive } from '../../support/start-process.ts';

let directory = '';
const started: StartedPrometheus[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tidewatch-prometheus-'));
});
afterEach(async () => {
  for (const each of started.splice(0)) await each.stop();
  await rm(directory, { recursive: true, force: true });
});

async function start(name: string, config: string): Promise<StartedPrometheus> {
  const one = await startPrometheus({ directory: join(directory, name), config });
  started.push(one);
  return one;
}

it('starts several at once, each on a port of its own, scrapes with one and ends them by their ids', async () => {
  const idle = await start('idle', 'global: {}\n');
  const target = new URL(idle.url).host;
  const scrape = `scrape_configs: [{job_name: other, scrape_interval: 1s, static_configs: [{targets: ['${target}']}]}]\n`;
  const busy = await start('busy', scrape);
  expect(busy.url).not.toBe(idle.url);
  await eventually(async () => {
    const answer = await fetch(`${busy.url}/api/v1/query?query=up`);
    expect(JSON.stringify(await answer.json())).toContain('"1"');
  });
  await busy.stop();
  await busy.stop();
  expect(isAlive(busy.pid)).toBe(false);
  expect(isAlive(idle.pid)).toBe(true);
});

it('says what Prometheus said of a configuration that it does not take', async () => {
  const failure = start('broken', 'scrape_configs: [{}]\n');
  await expect(failure).rejects.toMatchObject({
    code: 'ERR_STACK_UNAVAILABLE',
    message: expect.stringContaining('job_name is empty') as string,
  });
});
