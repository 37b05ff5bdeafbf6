import { createAnswerLedger } from '../../../simulator/answer-ledger.ts';
import { createBatchPoster } from '../replay/batch-poster.ts';
import type { OrderFiles } from '../replay/order-files.ts';
import { countOrders, readOrders } from '../replay/read-orders.ts';
import { replayOrders } from '../replay/replay-orders.ts';
import { toSegmentTrack, type TrackContext } from '../replay/to-segment-track.ts';
import type { ProgressBar } from '../screen/progress-bar.ts';
import type { EventFeed } from './event-feed.ts';

export interface ReplayFeedOptions {
  readonly files: OrderFiles;
  readonly ingest: string;
  readonly writeKey: string;
  readonly context: TrackContext;
  readonly bar: ProgressBar;
}

/** Replays real orders through ingest, as fast as it takes them. */
export async function startReplayFeed(options: ReplayFeedOptions): Promise<EventFeed> {
  const { context, bar, files } = options;
  const ledger = createAnswerLedger();
  const stopping = new AbortController();
  const { signal } = stopping;
  bar.start(await countOrders(files.orders));
  const finished = replayOrders({
    rows: readOrders(files.orders),
    toMessage: (row) => toSegmentTrack(row, context),
    post: createBatchPoster({ ingest: options.ingest, writeKey: options.writeKey, ledger, signal }),
    signal,
    onPosted: (messages) => bar.advance(messages),
  }).finally(() => bar.stop());
  finished.catch(() => undefined);
  return {
    kind: 'replay',
    finished,
    counts: () => ledger.counts(),
    isOwn: (record) => record.importId === context.importId,
    isOpen: (record) => record.importId === context.importId && ledger.openMessageIds().includes(record.eventId),
    phase: () => 'replaying orders',
    pid: () => null,
    stop: async () => {
      stopping.abort();
      await finished.catch(() => undefined);
    },
  };
}
