/*
 * Deliveries, top to bottom: task snapshots come in, what they owe is queued.
 *
 *   decode     bytes to snapshots; what is none goes to the dead letters
 *   owe        pure: see core/deliveries/owed-deliveries.ts
 *   queue      each delivery under its id, unless it is known
 *   confirm    the store is the one the work began with
 *   (commit)   the offset, by the runner
 *
 * Nothing is sent here: a receiver that hangs holds up nothing but its own lane of the queue, which a worker works off.
 * Snapshots that come again, from a crash or a replay of the whole topic, find their deliveries known or too old.
 */
import { type Delivery } from '../../core/deliveries/delivery.ts';
import { owedDeliveries, type TaskSubscriber } from '../../core/deliveries/owed-deliveries.ts';
import { EngineError } from '../../core/errors.ts';
import { type DeadLetterRecord, untranslated } from '../../core/events/dead-letter.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { DeliveryStore } from '../../core/ports/delivery-store.ts';
import type { LogChunk, LogSink, OutgoingRecord, PartitionLease } from '../../core/ports/log.ts';
import type { RecordCodec } from '../../core/ports/record-codec.ts';
import type { RetentionTask } from '../../core/tasks/retention-task.ts';
import type { DeliveryTelemetry } from './delivery-telemetry.ts';

export interface DeliveryPipelineDeps {
  readonly store: DeliveryStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly telemetry: DeliveryTelemetry;
  readonly subscribersOf: (tenant: string) => readonly TaskSubscriber[];
  readonly codecs: { readonly tasks: RecordCodec<RetentionTask>; readonly deadLetters: RecordCodec<DeadLetterRecord> };
  readonly sink: LogSink;
  readonly deadLetterTopic: string;
  readonly sealOriginal: (bytes: Buffer) => { readonly keyId: string; readonly sealed: Buffer };
}

export interface DeliveryContext {
  readonly chunk: LogChunk;
  readonly connectionEpoch: number;
  tasks: readonly RetentionTask[];
}

export interface DeliveryPipeline {
  readonly stages: readonly { readonly name: string; run(context: DeliveryContext): Promise<void> | void }[];
  begin(chunk: LogChunk, lease: PartitionLease): DeliveryContext;
  nextOffset(context: DeliveryContext): number;
  abandon(context: DeliveryContext): void;
}

export function createDeliveryPipeline(deps: DeliveryPipelineDeps): DeliveryPipeline {
  const { store } = deps;
  return {
    stages: [
      { name: 'decode', run: (context) => decode(deps, context) },
      { name: 'queue', run: (context) => queue(deps, context) },
      { name: 'confirm', run: (context) => confirm(store, context) },
    ],
    begin: (chunk) => ({ chunk, connectionEpoch: store.connectionEpoch(), tasks: [] }),
    nextOffset: ({ chunk }) => chunk.records[chunk.records.length - 1].offset + 1,
    abandon: () => undefined,
  };
}

async function decode(deps: DeliveryPipelineDeps, context: DeliveryContext): Promise<void> {
  const { records } = context.chunk;
  // A tombstone tells that a task is forgotten: nothing is owed for it.
  const present = records.filter(({ value }) => value !== null);
  const decoded = await deps.codecs.tasks.decode(present.map(({ value }) => value));
  const tasks: RetentionTask[] = [];
  const letters: OutgoingRecord[] = [];
  for (const [i, task] of decoded.entries()) {
    if (!(task instanceof EngineError)) tasks.push(task);
    else letters.push(deadLetter(deps, context.chunk, { index: records.indexOf(present[i]), fault: task }));
  }
  context.tasks = tasks;
  if (letters.length === 0) return;
  await deps.sink.publish(letters);
  deps.telemetry.unreadable(letters.length);
}

async function queue({ store, clock, telemetry, subscribersOf }: DeliveryPipelineDeps, { tasks }: DeliveryContext) {
  const now = clock.now();
  const owed: Delivery[] = tasks.flatMap((task) => owedDeliveries(task, subscribersOf(task.tenant), now));
  if (owed.length === 0) return;
  const queued = await store.enqueue(owed, now);
  owed.forEach(({ kind }, i) => queued[i] && telemetry.count(kind, 'queued'));
}

function deadLetter(
  { clock, codecs, sealOriginal, deadLetterTopic }: DeliveryPipelineDeps,
  { topic, partition, records }: LogChunk,
  { index, fault }: { readonly index: number; readonly fault: EngineError },
): OutgoingRecord {
  const raw = records[index];
  const { keyId, sealed } = sealOriginal(raw.value ?? Buffer.alloc(0));
  const value = codecs.deadLetters.encode({
    ...{ tenant: null, source: null, eventId: null, code: fault.code, detail: fault.message },
    ...{ step: 'deliveries.decode', topic, partition, offset: raw.offset, recordedAt: clock.now() },
    ...{ keyId, original: sealed, ...untranslated },
  });
  return { topic: deadLetterTopic, key: raw.key, value };
}

/** A store that was reconnected may have forgotten what it took before; the chunk is then done again. */
function confirm(store: DeliveryStore, { chunk: { partition }, connectionEpoch }: DeliveryContext): void {
  if (store.connectionEpoch() === connectionEpoch) return;
  const message = `Redis was reconnected while deliveries of partition ${partition} were queued; the chunk is done again.`;
  throw new EngineError('ERR_STORE_UNAVAILABLE', message, { retryable: true, context: { partition } });
}
