import type { EventFeed } from '../feeds/event-feed.ts';
import { scrapeMetrics, sumOf } from '../service-metrics.ts';
import type { ServiceUrls } from '../services/service-set.ts';
import { knownLag, type LagSigns } from './known-lag.ts';
import type { Screen } from './screen.ts';

export interface LiveLine {
  stop(): void;
}

const everyMs = { terminal: 2_000, lines: 10_000 } as const;

/** Shows every few seconds what goes through: one line that is rewritten on a terminal, plain lines elsewhere. */
export function startLiveLine(urls: ServiceUrls, feed: EventFeed, screen: Screen): LiveLine {
  let isStopped = false;
  let isBusy = false;
  const show = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    const line = await describe(urls, feed);
    isBusy = false;
    if (isStopped) return;
    screen.write(screen.isTerminal ? `\r\u001b[2K${line}` : `${line}\n`);
  };
  const timer = setInterval(() => void show(), screen.isTerminal ? everyMs.terminal : everyMs.lines);
  return {
    stop: () => {
      isStopped = true;
      clearInterval(timer);
      if (screen.isTerminal) screen.write('\r\u001b[2K');
    },
  };
}

async function describe(urls: ServiceUrls, feed: EventFeed): Promise<string> {
  const [ingest, scorer, alerts, lag] = await Promise.all([
    scrapeMetrics(urls.ingest),
    scrapeMetrics(urls.scorer),
    scrapeMetrics(urls.alerts),
    readLag(urls.scorer),
  ]);
  const events = ingest === null ? '?' : sumOf(ingest, 'tidewatch_events_total', { result: 'accepted' });
  const scores = scorer === null ? '?' : sumOf(scorer, 'tidewatch_scores_total');
  const tasks = alerts === null ? '?' : sumOf(alerts, 'tidewatch_tasks', { status: 'open' });
  return `${feed.phase()} · events ${events} · scores ${scores} · open tasks ${tasks} · lag ${lag ?? 'unknown'}`;
}

async function readLag(url: string): Promise<number | null> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(3_000) });
    return knownLag((await answer.json()) as LagSigns);
  } catch {
    return null;
  }
}
