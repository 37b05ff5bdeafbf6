import type { CustomerRecord } from '../../../services/core/events/customer-record.ts';
import { createBusinessCalendar } from '../../../services/core/events/business-day.ts';
import { applyRecord } from '../../../services/core/features/apply-record.ts';
import type { CustomerState } from '../../../services/core/features/customer-state.ts';
import { emptyState } from '../../../services/core/features/empty-state.ts';
import { encodeState } from '../../../services/core/features/encode-state.ts';
import { featureNames, writeFeatures } from '../../../services/core/features/feature-catalogue.ts';
import { ownBlock } from '../../../services/core/features/own-block.ts';
import { nodeDigest } from '../../../services/platform/crypto/node-digest.ts';
import { retailOrders } from '../../support/retail-orders.ts';
import { atMost, benchReport, type BenchReport, type Figure, median, noted, rounded } from '../bench-report.ts';
import { percentile } from '../statistics/percentile.ts';
import { madeOrders, realOrders, withSignals } from './feature-events.ts';

const context = { calendar: createBusinessCalendar(retailOrders.timezone), digest: nodeDigest };

/** What one event may cost (µs) and one packed state weigh (bytes, 99th percentile). */
const bars = { microseconds: 8, bytes: 4096 } as const;

interface Work {
  /** µs per event for folding and, apart from it, for the vector. */
  readonly update: number;
  readonly vector: number;
  readonly bytes: readonly number[];
}

/**
 * Cost of folding an event and writing the vector after it, in CPU time of one core (what other
 * processes do meanwhile does not count), and the size of the packed states at the end,
 * with full rings of event ids but without last scores: on the real orders where they are there, else on made ones, and
 * on the same with three signals per order. `rounds` are interleaved; figures are medians.
 */
export function benchFeatures(rounds: number, say: (line: string) => void): BenchReport {
  const real = realOrders();
  const orders = real ?? madeOrders(5_900, 37_000);
  if (real === null) say('The real orders are not in ../shared/data: made ones are taken.');
  const mixed = withSignals(orders, 3);
  const works: { orders: Work[]; mixed: Work[] } = { orders: [], mixed: [] };
  for (let round = 0; round <= rounds; round++) {
    const now = { orders: measure(orders), mixed: measure(mixed) };
    // the first round only warms up
    if (round === 0) continue;
    works.orders.push(now.orders);
    works.mixed.push(now.mixed);
    say(`round ${round}: ${rounded(costOf(now.orders))} µs, with signals ${rounded(costOf(now.mixed))} µs`);
  }
  const source = real === null ? 'made orders' : 'real orders';
  const costs = { orders: median(works.orders.map(costOf)), mixed: median(works.mixed.map(costOf)) };
  const sizes = { orders: works.orders[0].bytes, mixed: works.mixed[0].bytes };
  return benchReport(
    'features',
    [...figuresOf(source, orders.length, works.orders), ...figuresOf('with signals', mixed.length, works.mixed)],
    [
      atMost('update+vector µs', rounded(costs.orders), bars.microseconds),
      atMost('update+vector µs with signals', rounded(costs.mixed), bars.microseconds),
      atMost('state p99 bytes', percentile(sizes.orders, 0.99), bars.bytes),
      noted('state p99 bytes with signals', percentile(sizes.mixed, 0.99)),
    ],
  );
}

function costOf({ update, vector }: Work): number {
  return update + vector;
}

function figuresOf(of: string, events: number, works: readonly Work[]): Figure[] {
  const { bytes } = works[0];
  return [
    { name: `${of}: events`, value: events, unit: 'events' },
    { name: `${of}: customers`, value: bytes.length, unit: 'customers' },
    { name: `${of}: update`, value: rounded(median(works.map(({ update }) => update))), unit: 'µs/event' },
    { name: `${of}: vector`, value: rounded(median(works.map(({ vector }) => vector))), unit: 'µs/event' },
    { name: `${of}: state p50`, value: percentile(bytes, 0.5), unit: 'bytes' },
    { name: `${of}: state p99`, value: percentile(bytes, 0.99), unit: 'bytes' },
    { name: `${of}: state max`, value: percentile(bytes, 1), unit: 'bytes' },
  ];
}

function measure(records: readonly CustomerRecord[]): Work {
  const states = new Map<string, CustomerState>();
  for (const { surrogate } of records) states.set(surrogate, emptyState());
  const vector = new Float64Array(featureNames.length);
  const every = 256;
  let [update, writing] = [0, 0];
  // In pieces: looking at the clock for each event would cost as much as what is measured.
  for (let from = 0; from < records.length; from += every) {
    const piece = records.slice(from, from + every).map((record) => ({ record, state: states.get(record.surrogate)! }));
    const begun = cpuMicroseconds();
    piece.forEach(({ record, state }, i) => {
      applyRecord(state, record, { epoch: 1, partition: 0, offset: from + i }, context);
    });
    const folded = cpuMicroseconds();
    for (const { state } of piece) writeFeatures(ownBlock(state).features, ownBlock(state).asOf, 100, vector);
    update += folded - begun;
    writing += cpuMicroseconds() - folded;
  }
  const bytes = [...states.values()].map((state) => encodeState(state).length);
  return { update: update / records.length, vector: writing / records.length, bytes };
}

/** CPU time of this process, collecting garbage included. */
function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
