import { Analytics } from '@segment/analytics-node';
import { createAnswerReadingClient } from './answer-reading-client.ts';
import type { AnswerCounts } from './answer-counts.ts';
import { createAnswerLedger } from './answer-ledger.ts';
import { demoSources, type DemoSource } from './customer.ts';
import { createDeliveryWindow } from './delivery-window.ts';
import type { SegmentCall } from './segment-call.ts';

export type WriteKeys = Readonly<Record<DemoSource, string>>;

export interface SegmentSender {
  /** Hands the call to its source's client; resolves when there is room for the next one. */
  send(call: SegmentCall): Promise<void>;
  /** Resolves when everything handed over has been answered or given up. */
  settled(): Promise<void>;
  counts(): AnswerCounts;
  /** Messages given up without an answer. */
  openMessageIds(): readonly string[];
  /** Sends what is left, waiting at most `timeoutMs`. */
  close(timeoutMs: number): Promise<void>;
}

const batchSize = 100;
const flushIntervalMs = 250;
const maxUnderway = 4_000;

/** One real Segment client per source, each with its own write key, all booking into one ledger. */
export async function openSegmentSender(options: {
  readonly ingest: string;
  readonly writeKeys: WriteKeys;
  /** Once aborted, nobody waits for answers any more but `close`. */
  readonly signal: AbortSignal;
}): Promise<SegmentSender> {
  const ledger = createAnswerLedger();
  const httpClient = createAnswerReadingClient(ledger);
  const clients = new Map(
    demoSources.map((source) => {
      const settings = { writeKey: options.writeKeys[source], host: options.ingest, httpClient };
      const client = new Analytics({ ...settings, flushAt: batchSize, flushInterval: flushIntervalMs });
      // Without a listener an undeliverable event would be an unhandled error; it is booked in its callback.
      client.on('error', () => undefined);
      return [source, client] as const;
    }),
  );
  // Events handed over earlier would go through the client's slow queue, and all later ones behind them.
  await Promise.all([...clients.values()].map((client) => client.ready));
  const window = createDeliveryWindow(maxUnderway, options.signal);
  return {
    send: (call) =>
      window.enter(call.messageId, (done) => {
        dispatchCall(clients.get(call.source)!, call, (error) => {
          if (error !== undefined) ledger.noteGivenUp([call.messageId]);
          done();
        });
      }),
    settled: () => window.empty(),
    counts: () => ledger.counts(),
    openMessageIds: () => ledger.openMessageIds(),
    close: async (timeoutMs) => {
      await Promise.all([...clients.values()].map((client) => client.closeAndFlush({ timeout: timeoutMs })));
    },
  };
}

function dispatchCall(client: Analytics, call: SegmentCall, done: (error?: unknown) => void): void {
  const { userId, messageId, timestamp, body } = call;
  const context = call.imported === null ? {} : { tidewatch: { historical: true, ...call.imported } };
  const common = { userId, messageId, timestamp, context };
  switch (body.type) {
    case 'identify':
      client.identify({ ...common, traits: { ...body.traits } }, done);
      break;
    case 'page':
      client.page({ ...common, name: body.name }, done);
      break;
    case 'track':
      client.track({ ...common, event: body.event, properties: { ...body.properties } }, done);
      break;
  }
}
