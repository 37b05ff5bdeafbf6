import { describe, expect, it } from 'vitest';
import { customerBodies } from '../../bench/telemetry/customer-bodies.ts';
import { pageLag } from '../../bench/telemetry/page-lag.ts';
import { roundScrapes } from '../../bench/telemetry/round-scrapes.ts';
import type { Scrape } from '../../bench/telemetry/scrape.ts';
import { parseTelemetryBenchOptions } from '../../bench/telemetry/telemetry-bench-options.ts';

describe('the flags of the telemetry bench', () => {
  it('are, when absent, what the figures are asked for with', () => {
    expect(parseTelemetryBenchOptions([])).toEqual({
      customers: 100_000, partitions: 12, rounds: 6, idleSeconds: 15, loadSeconds: 5, pace: 10,
    }); // prettier-ignore
  });

  it('are taken one by one', () => {
    expect(parseTelemetryBenchOptions(['--customers', '500', '--pace=20'])).toMatchObject({ customers: 500, pace: 20 });
  });

  it('are refused by name when they are not valid', () => {
    expect(() => parseTelemetryBenchOptions(['--rounds', '0'])).toThrow(/--rounds.*"0"/);
    expect(() => parseTelemetryBenchOptions(['--load-seconds', '1.5'])).toThrow(/--load-seconds.*"1.5"/);
    expect(() => parseTelemetryBenchOptions(['--colour', 'red'])).toThrow(/colour/);
  });
});

interface Body {
  readonly batch: readonly { readonly userId: string; readonly messageId: string }[];
}

describe('the events of the telemetry bench', () => {
  const batches = [...customerBodies({ from: 10, to: 1_010, visit: '1-0' }, Date.UTC(2026, 10, 1))];
  const events = batches.flatMap(({ body }) => (JSON.parse(body.toString()) as Body).batch);

  it('are of every customer of the range and of no other', () => {
    const customers = new Set(events.map(({ userId }) => userId));
    expect(customers).toEqual(new Set(Array.from({ length: 1_000 }, (_, i) => `user-${i + 10}`)));
  });

  it('are told apart, and counted', () => {
    expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(events.length);
    expect(batches.reduce((sum, batch) => sum + batch.events, 0)).toBe(events.length);
  });
});

describe('the lag of a page', () => {
  it('adds up partitions and groups, and nothing else', () => {
    const page = [
      '# TYPE tidewatch_partition_lag gauge',
      'tidewatch_partition_lag{topic="a",partition="0",group="x"} 3',
      'tidewatch_partition_lag{topic="a",partition="1",group="y"} 4',
      'tidewatch_partition_lag_other{topic="a"} 50',
      'tidewatch_tasks{status="open"} 7',
    ].join('\n');
    expect(pageLag(page)).toBe(7);
    expect(pageLag('')).toBe(0);
  });
});

describe('the scrapes of a round', () => {
  const scrape = (target: Scrape['target'], at: number, lag = 0, scoresRead = 9): Scrape => ({
    target, at, ms: at, lag, scoresRead,
  }); // prettier-ignore

  it('are loaded while events are sent, and until the service has read its last', () => {
    const loaded = [
      scrape('ingest', 10),
      scrape('ingest', 30),
      scrape('scorer', 11),
      scrape('scorer', 31, 5),
      scrape('scorer', 41),
      scrape('alerts', 12, 9),
      scrape('alerts', 32),
      scrape('alerts', 42, 1),
      scrape('alerts', 52, 0, 8),
      scrape('alerts', 62),
      scrape('fixed-page', 40),
      scrape('fixed-page', 60),
    ];
    const { ingest, scorer, alerts, 'fixed-page': control } = roundScrapes({ idle: [], loaded, sentAt: 20, scores: 9 });
    expect(ingest.loaded).toEqual([10]);
    expect(scorer.loaded).toEqual([11, 31]);
    expect(alerts.loaded).toEqual([12, 32, 42, 52]);
    expect(control.loaded).toEqual([40]);
  });

  it('are kept apart by target while idle', () => {
    const idle = [scrape('ingest', 1), scrape('scorer', 2), scrape('ingest', 3)];
    const { ingest, scorer } = roundScrapes({ idle, loaded: [], sentAt: 20, scores: 9 });
    expect(ingest.idle).toEqual([1, 3]);
    expect(scorer.idle).toEqual([2]);
  });
});
