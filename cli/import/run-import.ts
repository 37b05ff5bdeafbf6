import { EngineError } from '../../services/core/errors.ts';
import type { CliIo } from '../cli-io.ts';
import { usageError } from '../usage-error.ts';
import { hashFile, isAtWork, readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import { openEventsLog, type EventsLog } from './events-log.ts';
import { mappedColumns } from './field-map.ts';
import { importFault } from './import-fault.ts';
import { createImportProgress } from './import-progress.ts';
import type { ImportRequest } from './import-request.ts';
import { openRows } from './rows/open-rows.ts';
import { sendRows } from './send-rows.ts';
import type { Target } from './target.ts';
import { verifyImport, type Verification } from './verify-import.ts';

export interface ImportRun {
  readonly request: ImportRequest;
  readonly sha256: string;
  readonly target: Target;
  readonly checkpointPath: string;
}

/** Sends what is not sent yet, then compares the file with the topic. @returns whether everything is there */
export async function runImport(run: ImportRun, io: CliIo): Promise<boolean> {
  const { request, target, checkpointPath } = run;
  const { ingest, writeKey } = target;
  if (ingest === null || writeKey === null) {
    throw usageError('Ingest is not known: give --url and --key, or run `npm start` beside this.');
  }
  const log = await openEventsLog(target, io);
  const { checkpoint, isNew } = await openCheckpoint(run);
  const known = isNew ? await findKnown(log, target.tenant, request.importId) : new Set<string>();
  const columns = mappedColumns(request.map);
  if (request.typeColumn !== null) columns.push(request.typeColumn);
  const source = await openRows(request.file, request.format, columns);
  // Not before the file could be opened: an import that never began must bar neither its next try nor a roll-back.
  await writeCheckpoint(checkpointPath, checkpoint);
  if (checkpoint.rows > 0) io.stderr.write(`Going on after row ${checkpoint.rows}, which was answered before.\n`);
  const progress = createImportProgress(io);
  const address = { url: ingest, writeKey, importId: request.importId };
  const onProgress = (rows: number, share: number): void => progress.at(rows, share);
  await sendRows(source, { request, address, checkpoint, checkpointPath, known, onProgress });
  progress.end();
  if ((await hashFile(request.file)) !== checkpoint.sha256) {
    throw importFault(`${request.file} was changed while it was imported; roll the import ${request.importId} back.`);
  }
  const verification = await verifyImport({ request, checkpoint, log, tenant: target.tenant });
  checkpoint.state = verification.faults.length === 0 ? 'verified' : 'failed';
  await writeCheckpoint(checkpointPath, checkpoint);
  io.stdout.write(describeImport(checkpoint, verification));
  return verification.faults.length === 0;
}

async function openCheckpoint({ request, sha256, target: { tenant }, checkpointPath }: ImportRun) {
  const { importId, file } = request;
  const reading = readingOf(request);
  const before = await readCheckpoint(checkpointPath);
  if (before === null) {
    const counts = { accepted: 0, duplicate: 0, rejected: 0, conflict: 0, suppressed: 0 };
    const fresh = { format: 1, importId, tenant, file, sha256, reading, pid: process.pid, state: 'running', rows: 0, counts, refused: {} } as const; // prettier-ignore
    return { checkpoint: { ...fresh } as Checkpoint, isNew: true };
  }
  if (before.sha256 !== sha256 || before.reading !== reading) {
    const what = before.sha256 === sha256 ? 'the mapping or an option is another one' : 'the file was changed';
    throw importFault(
      `The import ${importId} began before, and ${what} since; give a new --import-id for another import.`,
    );
  }
  if (before.state === 'rolled-back')
    throw stateFault(importId, 'was rolled back; give a new --import-id to import again');
  if (isAtWork(before)) throw stateFault(importId, `is being worked on by process ${before.pid}; wait for its end`);
  return { checkpoint: { ...before, pid: process.pid, state: 'running' } as Checkpoint, isNew: false };
}

/** Events that a run without a checkpoint would send a second time, after ingest has forgotten the first. */
async function findKnown(log: EventsLog, tenant: string, importId: string): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  let isTakenBack = false;
  await log.scan((record) => {
    if (record.tenant !== tenant || record.importId !== importId) return;
    if (record.kind === 'event') known.add(record.eventId);
    else if (record.kind === 'event-retracted') isTakenBack = true;
  });
  if (isTakenBack) throw stateFault(importId, 'was rolled back; give a new --import-id to import again');
  return known;
}

/** All that decides what a row becomes. */
function readingOf({ map, format, type, typeColumn, timezone, currency }: ImportRequest): string {
  return JSON.stringify([
    map.fields,
    [...map.properties],
    [...map.traits],
    format,
    type,
    typeColumn,
    timezone,
    currency,
  ]);
}

function stateFault(importId: string, what: string): EngineError {
  return new EngineError('ERR_IMPORT_STATE', `The import ${importId} ${what}.`, { retryable: false });
}

function describeImport({ importId, rows, counts, refused }: Checkpoint, verified: Verification): string {
  const listed = Object.entries(refused).slice(0, 20);
  return [
    `import ${importId}: ${rows} rows = ${Object.entries(counts).map(([result, count]) => `${count} ${result}`).join(' + ')}`, // prettier-ignore
    `on the topic: ${verified.found} of ${verified.expected} events; ${verified.compared} rows compared field by field`,
    ...verified.sums.map(
      ({ currency, file, topic }) => `${currency}: ${file} minor units in the file, ${topic} on the topic`,
    ),
    ...listed.map(([row, reason]) => `  row ${row}: ${reason}`),
    ...verified.faults.map((fault) => `FAULT: ${fault}`),
    verified.faults.length === 0 ? 'verified' : `failed; \`tidewatch import rollback ${importId}\` takes it back`,
    '',
  ].join('\n');
}
