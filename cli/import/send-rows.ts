import type { Checkpoint } from './checkpoint.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { importFault } from './import-fault.ts';
import type { ImportRequest } from './import-request.ts';
import { makeEvent, type ImportEvent } from './make-event.ts';
import { postEvents, type EventAnswer, type IngestAddress } from './post-events.ts';
import type { Row, RowSource } from './rows/row.ts';

export interface SendOptions {
  readonly request: ImportRequest;
  readonly address: IngestAddress;
  readonly checkpoint: Checkpoint;
  readonly checkpointPath: string;
  /** Event ids of this import that are on the topic already, from a run that nobody remembers. */
  readonly known: ReadonlySet<string>;
  readonly onProgress: (rows: number, share: number) => void;
}

interface Sending {
  readonly rows: readonly { readonly number: number; readonly event: ImportEvent | string }[];
  readonly answers: Promise<Readonly<Record<string, EventAnswer>>>;
}

const batchEvents = 500;
const batchesAtOnce = 4;
const checkpointMs = 500;
/** A file with more than that is mapped wrongly, most likely; a checkpoint names each of them. */
const maxRefused = 50_000;

/**
 * Sends the rows that the checkpoint has not seen, a few batches at a time. Answers are taken in the order of the rows,
 * so that the checkpoint always says "every row up to this one".
 */
export async function sendRows(source: RowSource, options: SendOptions): Promise<void> {
  const { request, address, checkpoint, checkpointPath, known, onProgress } = options;
  const sending: Sending[] = [];
  let writtenAt = Date.now();

  async function settleOldest(): Promise<void> {
    const oldest = sending.shift();
    if (oldest === undefined) return;
    noteAnswers(checkpoint, oldest, await oldest.answers, known);
    const { rejected, conflict, suppressed } = checkpoint.counts;
    if (rejected + conflict + suppressed > maxRefused) throw tooManyRefused(checkpoint);
    onProgress(checkpoint.rows, source.share());
    if (Date.now() - writtenAt < checkpointMs) return;
    await writeCheckpoint(checkpointPath, checkpoint);
    writtenAt = Date.now();
  }

  for await (const rows of inBatches(source.rows, request, checkpoint.rows)) {
    if (sending.length >= batchesAtOnce) await settleOldest();
    const events = rows.flatMap(({ event }) => (typeof event === 'string' || known.has(event.eventId) ? [] : [event]));
    const answers = events.length === 0 ? Promise.resolve({}) : postEvents(events, address);
    // Whoever waits for it later hears of the failure; until then it is not unhandled.
    answers.catch(() => undefined);
    sending.push({ rows, answers });
  }
  while (sending.length > 0) await settleOldest();
  await writeCheckpoint(checkpointPath, checkpoint);
}

/** Two rows with one id never travel together: the answer would speak of both as one. */
async function* inBatches(rows: AsyncIterable<Row>, request: ImportRequest, done: number) {
  let batch: Sending['rows'][number][] = [];
  let ids = new Set<string>();
  for await (const row of rows) {
    if (row.number <= done) continue;
    const event = makeEvent(row, request);
    const id = typeof event === 'string' ? null : event.eventId;
    if (batch.length >= batchEvents || (id !== null && ids.has(id))) {
      yield batch;
      batch = [];
      ids = new Set();
    }
    batch.push({ number: row.number, event });
    if (id !== null) ids.add(id);
  }
  if (batch.length > 0) yield batch;
}

function noteAnswers(
  checkpoint: Checkpoint,
  { rows }: Sending,
  answers: Readonly<Record<string, EventAnswer>>,
  known: ReadonlySet<string>,
): void {
  let place = 0;
  rows.forEach(({ number, event }) => {
    checkpoint.rows = number;
    if (typeof event === 'string') {
      checkpoint.counts.rejected += 1;
      checkpoint.refused[number] = event;
      return;
    }
    if (known.has(event.eventId)) checkpoint.counts.duplicate += 1;
    else {
      // Ingest counts the events it was sent, and names by their place those whose ids cannot be used.
      const answer = answers[event.eventId] ?? answers[`#${place}`];
      place += 1;
      const result = answer?.result ?? 'rejected';
      checkpoint.counts[result] += 1;
      if (result !== 'accepted' && result !== 'duplicate') {
        checkpoint.refused[number] = `${answer?.code ?? result}: ${answer?.detail ?? 'no answer names the row'}`;
      }
    }
  });
}

function tooManyRefused({ importId, rows }: Checkpoint): Error {
  const what = `More than ${maxRefused} of the first ${rows} rows were refused; look at them with --dry-run, correct --map`;
  return importFault(`${what}, and roll the import ${importId} back.`);
}
