/*
 * The aggregator of KPIs, top to bottom. Its state is, for each partition of the topic of facts, a mark (how far it is
 * counted), a ledger per customer and the cells; one call of the store changes all three:
 *
 *   take up    the mark, which the source goes back to where it has to; records before it are passed over
 *   decode     bytes to facts, gathered by customer
 *   load       the ledgers of the chunk's customers
 *   count      pure: fact after fact, see core/kpis/apply-kpi-fact.ts
 *   set aside  what cannot be read, to the dead letters, acknowledged by all replicas
 *   write      mark, ledgers and cells together, if the mark is the one that counting began with
 *   confirm    the store is the one the work began with
 *   (commit)   the offset, by the runner; nobody asks it but monitoring, and the group where it has no mark to go by
 *
 * Killed before write: nothing happened but dead letters, which are written again. Killed after it: the mark says that the
 * chunk is counted. A process that lost its partition without noticing finds another mark, and its work is void. A store
 * that forgot writes forgot mark, ledgers and cells alike, and what they lack is read again.
 */
import { EngineError } from '../../core/errors.ts';
import type { LogChunk, PartitionLease } from '../../core/ports/log.ts';
import type { KpiStore } from '../../core/ports/kpi-store.ts';
import { toDeadLetter } from '../steps/to-dead-letter.ts';
import { countFacts, loadLedgers, writeCounts } from './count-facts.ts';
import { decodeFacts } from './decode-facts.ts';
import type { HeldMarks } from './held-marks.ts';
import type { KpiChunk } from './kpi-context.ts';
import type { KpiDeps } from './kpi-deps.ts';
import { takeUpMark } from './take-up-mark.ts';

export interface KpiPipeline {
  readonly stages: readonly { readonly name: string; run(context: KpiChunk): Promise<void> | void }[];
  begin(chunk: LogChunk, lease: PartitionLease): KpiChunk;
  nextOffset(context: KpiChunk): number;
  abandon(context: KpiChunk): void;
}

/** @param deps with the marks of the partitions owned now */
export function createKpiPipeline(deps: KpiDeps & { readonly marks: HeldMarks }): KpiPipeline {
  const { store, marks } = deps;
  return {
    stages: [
      { name: 'take-up', run: (context) => takeUpMark(deps, context) },
      { name: 'decode', run: (context) => decodeFacts(deps, context) },
      { name: 'load', run: (context) => loadLedgers(store, context) },
      { name: 'count', run: countFacts },
      { name: 'set-aside', run: (context) => setAside(deps, context) },
      { name: 'write', run: (context) => writeCounts(deps, context) },
      { name: 'confirm', run: (context) => confirmStore(store, context) },
    ],
    begin: (chunk, lease) => ({
      chunk,
      lease,
      connectionEpoch: store.connectionEpoch(),
      mark: null,
      lost: 0,
      customers: new Map(),
      unreadable: [],
      changes: [],
      tally: { counted: 0, copy: 0, 'too-late': 0, other: 0, unreadable: 0 },
    }),
    nextOffset: ({ chunk }) => chunk.records[chunk.records.length - 1].offset + 1,
    abandon: ({ chunk }) => marks.drop(chunk.partition),
  };
}

async function setAside(deps: KpiDeps, { chunk, lease, unreadable }: KpiChunk): Promise<void> {
  if (unreadable.length === 0) return;
  if (!lease.isCurrent()) throw fenced(chunk);
  const letters = { ...deps, codec: deps.codecs.deadLetters, topic: deps.deadLetters };
  await deps.sink.publish(unreadable.map((each) => toDeadLetter(letters, chunk, { ...each, step: 'alerts.kpis' })));
}

/** A store that was reconnected may have forgotten what it acknowledged before; the mark is then read again. */
function confirmStore(store: KpiStore, { chunk, connectionEpoch }: KpiChunk): void {
  if (store.connectionEpoch() === connectionEpoch) return;
  const { partition } = chunk;
  const message = `Redis was reconnected while KPI facts of partition ${partition} were counted; the mark is read again.`;
  throw new EngineError('ERR_STORE_UNAVAILABLE', message, { retryable: true, context: { partition } });
}

function fenced({ topic, partition }: LogChunk): EngineError {
  const message = `Partition ${partition} of ${topic} has a new owner; its facts are left to it.`;
  return new EngineError('ERR_LOG_FENCED', message, { retryable: false, context: { partition } });
}
