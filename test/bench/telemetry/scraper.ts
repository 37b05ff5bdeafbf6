/*
 * Scrapes all targets in turn at a steady pace, as a process of its own: what else the bench does delays no scrape. A
 * scrape is begun when it is due, whether or not the one before is answered.
 */
import { Agent, get } from 'node:http';
import { env } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import type { DurationMs, EpochMs } from '../../../services/core/units.ts';
import { answerParent } from '../world/answer-parent.ts';
import { pageLag, pageScoresRead } from './page-lag.ts';
import { type Scrape, type TargetName, targets } from './scrape.ts';

const urls = JSON.parse(env['SCRAPE_URLS'] ?? '{}') as Readonly<Record<TargetName, string>>;
const intervalMs = 1000 / (Number(env['SCRAPE_PACE']) * targets.length);
/** As Prometheus asks. */
const headers = { accept: 'text/plain;version=0.0.4', 'accept-encoding': 'gzip' };
const agent = new Agent({ keepAlive: true });

let scrapes: Scrape[] = [];
let failed = 0;
let busyAt: EpochMs = Date.now();
let scoresRead = 0;

answerParent({
  scrapes: () => {
    const taken = scrapes;
    scrapes = [];
    return taken;
  },
  failed: () => failed,
  scoresRead: () => scoresRead,
  // How long no service has had anything to read.
  quietMs: (): DurationMs => Date.now() - busyAt,
});
process.on('disconnect', () => process.exit(1));
process.on('SIGTERM', () => process.exit(0));
process.send?.({ type: 'ready' });

const startedAt = performance.now();
for (let number = 0; ; number++) {
  await pause(Math.max(0, startedAt + number * intervalMs - performance.now()));
  const target = targets[number % targets.length];
  scrape(target).then(keep, () => failed++);
}

function keep(taken: Scrape): void {
  scrapes.push(taken);
  if (taken.lag > 0) busyAt = Date.now();
  scoresRead = Math.max(scoresRead, taken.scoresRead);
}

function scrape(target: TargetName): Promise<Scrape> {
  return new Promise((resolve, reject) => {
    const at = Date.now();
    const sentAt = performance.now();
    get(urls[target], { agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const ms = performance.now() - sentAt;
        if (response.statusCode !== 200) reject(new Error(`${target} answered ${response.statusCode}`));
        else resolve({ target, at, ms, ...read(Buffer.concat(chunks).toString()) });
      });
    }).on('error', reject);
  });
}

function read(page: string): Pick<Scrape, 'lag' | 'scoresRead'> {
  return { lag: pageLag(page), scoresRead: pageScoresRead(page) };
}
