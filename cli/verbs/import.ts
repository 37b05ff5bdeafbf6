import { dirname } from 'node:path';
import type { Command } from 'commander';
import { createKafkaSink } from '../../services/platform/kafka/kafka-sink.ts';
import { isEventType } from '../../services/core/events/event-types.ts';
import { EngineError } from '../../services/core/errors.ts';
import type { CliIo } from '../cli-io.ts';
import { hashFile, isAtWork, readCheckpoint, writeCheckpoint } from '../import/checkpoint.ts';
import { dryRun } from '../import/dry-run.ts';
import { openEventsLog } from '../import/events-log.ts';
import { limitHeapGrowth } from '../import/limit-heap-growth.ts';
import { parseFieldMap } from '../import/field-map.ts';
import type { ImportRequest } from '../import/import-request.ts';
import { fileFormats, formatOfName, type FileFormat } from '../import/rows/open-rows.ts';
import { runImport } from '../import/run-import.ts';
import { checkpointPathOf, findTarget, type TargetOptions } from '../import/target.ts';
import { readCurrency, readTimezone } from '../read-options.ts';
import { checkUnfinished } from '../rollback/check-unfinished.ts';
import { describeCut } from '../rollback/find-cut.ts';
import { requireEvents } from '../rollback/require-events.ts';
import { rollBackOnce } from '../rollback/roll-back.ts';
import { usageError } from '../usage-error.ts';

interface ImportOptions extends TargetOptions {
  readonly map?: string;
  readonly type: string;
  readonly typeColumn?: string;
  readonly format?: string;
  readonly timezone: string;
  readonly currency?: string;
  readonly importId?: string;
  readonly dryRun: boolean;
}

interface RollBackOptions extends ImportOptions {
  readonly force: boolean;
}

type Finish = (exitCode: number) => void;

/** `tidewatch import` and `tidewatch import rollback`: history in, checked, and out again. */
export function addImportVerb(program: Command, io: CliIo, finish: Finish): void {
  const verb = program
    .command('import')
    .description('Import past events from a CSV, JSON Lines or Parquet file (.gz for the first two) and verify them.')
    .argument('[file]', 'file to import; started again, an import goes on where it stopped')
    .option('--map <fields>', 'columns by field: customer_id=…,timestamp=…,amount=…,currency=…,event_id=…,<property>=…')
    .option('--type <type>', 'type of every event; an order with a negative amount is a cancellation', 'order.placed')
    .option('--type-column <column>', 'column that names the type of each event')
    .option('--format <name>', `${fileFormats.join(', ')} (default: by the name of the file)`)
    .option('--timezone <name>', 'zone of times without an offset', 'UTC')
    .option('--currency <code>', "of amounts whose row names none (default: the tenant's)")
    .option('--import-id <id>', 'name of the import (default: made from the content of the file)')
    .option('--dry-run', 'report on the file, send nothing', false);
  addTarget(verb).action((file: string | undefined, options: ImportOptions) => importFile(file, options, io, finish));
  const rollback = verb
    .command('rollback')
    .description('Take an import back: its customers are as if it had never come. May be run again.')
    .argument('<import-id>', 'name of the import')
    .option(
      '--force',
      'go on beside unfinished imports of the tenant, and where the topic has lost older records',
      false,
    )
    .option('--dry-run', 'say what would be taken back, write nothing', false);
  // The options of both stand on the verb itself, whichever of the two is called.
  rollback.action((importId: string) => rollBack(importId, rollback.optsWithGlobals(), io));
}

function addTarget(verb: Command): Command {
  return verb
    .option('--url <url>', 'address of ingest (default: of the local `npm start`)')
    .option(
      '--key <key>',
      'write key; it says which tenant and source the events are of (default: of the local `npm start`)',
    )
    .option('--tenant <id>', 'tenant of the write key, where the installation has several')
    .option('--directory <dir>', 'directory of the local `npm start` and of the checkpoints', '.tidewatch');
}

async function importFile(file: string | undefined, options: ImportOptions, io: CliIo, finish: Finish): Promise<void> {
  if (file === undefined) throw usageError('Name the file to import: tidewatch import FILE --map …');
  const request = await readRequest(file, options);
  if (options.dryRun) {
    io.stdout.write(await dryRun({ ...request, currency: request.currency || 'GBP' }));
    return;
  }
  const target = await findTarget(options, io);
  limitHeapGrowth();
  const sha256 = await hashFile(file);
  const importId = request.importId === '' ? `file-${sha256.slice(0, 16)}` : request.importId;
  const whole = { ...request, importId, currency: request.currency || target.currency };
  const checkpointPath = checkpointPathOf(options.directory, importId);
  finish((await runImport({ request: whole, sha256, target, checkpointPath }, io)) ? 0 : 1);
}

async function readRequest(file: string, options: ImportOptions): Promise<ImportRequest> {
  const { map, type, typeColumn, timezone, currency, importId = '' } = options;
  if (map === undefined) throw usageError('Say with --map which columns hold customer_id, timestamp and the rest.');
  if (!isEventType(type)) throw usageError(`--type "${type}" is no word of the vocabulary, such as order.placed.`);
  if (!/^[A-Za-z][A-Za-z0-9._-]{0,63}$|^$/.test(importId)) {
    throw usageError('--import-id must begin with a letter and hold at most 64 letters, digits, ".", "_" and "-".');
  }
  return Promise.resolve({
    file,
    format: readFormat(options.format, file),
    map: parseFieldMap(map),
    type,
    typeColumn: typeColumn ?? null,
    timezone: readTimezone('--timezone', timezone),
    currency: currency === undefined ? '' : readCurrency('--currency', currency),
    importId,
  });
}

function readFormat(name: string | undefined, file: string): FileFormat {
  const format = name === undefined ? formatOfName(file) : fileFormats.find((each) => each === name);
  if (format !== undefined && format !== null) return format;
  throw usageError(`The format of ${file} is not known; give --format ${fileFormats.join('|')}.`);
}

async function rollBack(importId: string, options: RollBackOptions, io: CliIo): Promise<void> {
  const target = await findTarget(options, io);
  limitHeapGrowth();
  const path = checkpointPathOf(options.directory, importId);
  const checkpoint = await readCheckpoint(path);
  if (checkpoint !== null && isAtWork(checkpoint)) {
    const message = `The import ${importId} is being worked on by process ${checkpoint.pid}; wait for its end.`;
    throw new EngineError('ERR_IMPORT_STATE', message, { retryable: true });
  }
  const { tenant, timezone } = target;
  if (!options.force && !options.dryRun) await checkUnfinished({ importId, tenant, directory: dirname(path) });
  const log = await openEventsLog(target, io);
  const sink = options.dryRun ? null : createKafkaSink({ client: log.client });
  const evenIfCut = options.force;
  const pass = () => rollBackOnce({ log, sink, tenant, timezone, importId, now: Date.now, evenIfCut });
  try {
    const { events, customers, retractions, cut } = await pass();
    if (events === 0) requireEvents({ importId, tenant, topic: log.topic }, checkpoint);
    if (cut.length > 0) io.stderr.write(`${describeCut(cut)}\n`);
    const verb = options.dryRun ? 'would be taken back' : 'taken back';
    io.stdout.write(`import ${importId}: ${events} events on the topic; ${retractions} events of ${customers} customers ${verb}\n`); // prettier-ignore
    if (sink !== null && retractions > 0) await repeatUntilDone(pass, importId);
  } finally {
    await sink?.stop();
  }
  if (checkpoint !== null && !options.dryRun) await writeCheckpoint(path, { ...checkpoint, state: 'rolled-back' });
}

const morePasses = 5;

/** For what was still in the hands of ingest when the first pass read the log. */
async function repeatUntilDone(pass: () => Promise<{ readonly retractions: number }>, importId: string): Promise<void> {
  for (let passes = 0; passes < morePasses; passes += 1) if ((await pass()).retractions === 0) return;
  const message = `Events of the import ${importId} still come, or cannot be taken back; end whatever sends them and run the roll-back again.`;
  throw new EngineError('ERR_IMPORT_STATE', message, { retryable: true });
}
