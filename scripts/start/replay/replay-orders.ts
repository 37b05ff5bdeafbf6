import type { CsvRow } from './read-csv.ts';
import type { TrackMessage } from './to-segment-track.ts';

export interface ReplayOrdersOptions {
  readonly rows: AsyncIterable<CsvRow>;
  readonly toMessage: (row: CsvRow) => TrackMessage;
  readonly post: (messages: readonly TrackMessage[]) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onPosted: (messages: number) => void;
}

interface Lane {
  batch: TrackMessage[];
  underway: Promise<void>;
}

const lanes = 4;
const batchSize = 200;

/**
 * Posts the orders over a few connections. A customer always has the same one, and each waits for its answer before the
 * next batch, so every customer's orders arrive in their order.
 */
export async function replayOrders(options: ReplayOrdersOptions): Promise<void> {
  const all = Array.from({ length: lanes }, (): Lane => ({ batch: [], underway: Promise.resolve() }));
  const flush = async (lane: Lane): Promise<void> => {
    await lane.underway;
    const { batch } = lane;
    lane.batch = [];
    lane.underway = options.post(batch).then(() => options.onPosted(batch.length));
    lane.underway.catch(() => undefined);
  };
  for await (const row of options.rows) {
    if (options.signal.aborted) break;
    const message = options.toMessage(row);
    const lane = all[laneOf(message.userId)];
    lane.batch.push(message);
    if (lane.batch.length >= batchSize) await flush(lane);
  }
  for (const lane of all) {
    if (lane.batch.length > 0 && !options.signal.aborted) await flush(lane);
  }
  await Promise.all(all.map((lane) => lane.underway));
}

function laneOf(userId: string): number {
  let hash = 0;
  for (let i = 0; i < userId.length; i += 1) hash = (hash * 31 + userId.charCodeAt(i)) >>> 0;
  return hash % lanes;
}
