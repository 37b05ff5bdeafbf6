import { setTimeout as pause } from 'node:timers/promises';
import type { BenchChild } from '../world/bench-child.ts';
import { type CustomerRange, customerBodies, type EventBatch } from './customer-bodies.ts';
import { type RoundScrapes, roundScrapes } from './round-scrapes.ts';
import type { Scrape, TargetName } from './scrape.ts';
import { sendBatches } from './send-batches.ts';
import type { TelemetryWorld } from './telemetry-world.ts';

export interface RoundOptions extends Omit<CustomerRange, 'visit'> {
  readonly number: number;
  readonly idleSeconds: number;
  readonly loadSeconds: number;
}

export interface RoundResult {
  readonly scrapes: Record<TargetName, RoundScrapes>;
  /** Events that ingest took, per second. */
  readonly rate: number;
  /** From the last answer of ingest until alerts had nothing left to read. */
  readonly drainSeconds: number;
}

/** Lags are asked for every few seconds where nothing comes: so long must all be quiet to be idle. */
const quietMs = 6_000;
const longestDrainMs = 400_000;
const pollMs = 250;

/** An idle phase, then a loaded one up to the last record read. */
export async function runRound(running: TelemetryWorld, options: RoundOptions): Promise<RoundResult> {
  const { scraper, ingest } = running;
  await scraper.ask<Scrape[]>('scrapes');
  await pause(options.idleSeconds * 1000);
  const idle = await scraper.ask<Scrape[]>('scrapes');
  const startedAt = Date.now();
  const events = await sendBatches(ingest, untilBoth(options, startedAt + options.loadSeconds * 1000));
  const sentAt = Date.now();
  running.sent += events;
  const scores = running.sent;
  await untilRead(scraper, scores);
  const loaded = await scraper.ask<Scrape[]>('scrapes');
  const readAt = loaded
    .filter(({ target, lag, scoresRead }) => lag > 0 || (target === 'alerts' && scoresRead < scores))
    .reduce((last, { at }) => Math.max(last, at), sentAt);
  return {
    scrapes: roundScrapes({ idle, loaded, sentAt, scores }),
    rate: (events / (sentAt - startedAt)) * 1000,
    drainSeconds: (readAt - sentAt) / 1000,
  };
}

/** All customers of the range, who come again until the time is up. */
function* untilBoth({ from, to, number }: RoundOptions, until: number): Generator<EventBatch> {
  for (let visit = 0; visit === 0 || Date.now() < until; visit++) {
    for (const batch of customerBodies({ from, to, visit: `${number}-${visit}` }, Date.now())) {
      if (visit > 0 && Date.now() >= until) return;
      yield batch;
    }
  }
}

async function untilRead(scraper: BenchChild, scores: number): Promise<void> {
  // A page that is slow to come tells late that there is something to read.
  await pause(quietMs);
  const deadline = Date.now() + longestDrainMs;
  for (;;) {
    const isQuiet = (await scraper.ask<number>('quietMs')) >= quietMs;
    const read = await scraper.ask<number>('scoresRead');
    if (isQuiet && read >= scores) return;
    if (Date.now() > deadline) throw new Error(`alerts had read ${read} of ${scores} scores ${longestDrainMs} ms after the last event`); // prettier-ignore
    await pause(pollMs);
  }
}
