import type { Command } from 'commander';
import type { CliIo } from '../cli-io.ts';
import { collectLetters } from '../dlq/collect-letters.ts';
import { createDlqClient, type DlqClient, type Letter } from '../dlq/dlq-client.ts';
import { type ConnectionOptions, findConnection } from '../dlq/dlq-connection.ts';
import { addFilterOptions, type FilterOptions, toQuery } from '../dlq/letter-filter-options.ts';
import { settleLetters } from '../dlq/settle-letters.ts';
import { readWhole } from '../read-options.ts';
import { usageError } from '../usage-error.ts';

interface ListOptions extends FilterOptions, ConnectionOptions {
  readonly limit: string;
  readonly json: boolean;
  readonly reveal: boolean;
}

interface ShowOptions extends ConnectionOptions {
  readonly original: boolean;
  readonly reveal: boolean;
}

const revealOption = [
  '--reveal',
  'show ids in clear: they may be personal, and the service notes that they were read',
  false,
] as const;

interface SettleOptions extends FilterOptions, ConnectionOptions {
  readonly dryRun: boolean;
  readonly asNewId?: boolean;
  readonly all: boolean;
}

/** More letters of one call are left to the next; their ids would fill the memory. */
const mostSettled = 1_000_000;

/** `tidewatch dlq list|show|replay|drop`: the events that were refused. */
export function addDlqVerb(program: Command, io: CliIo, finish: (exitCode: number) => void): void {
  const verb = program
    .command('dlq')
    .description('List, show, replay or drop events that were refused (dead letters).');
  const list = verb.command('list').description('List dead letters, the newest first.');
  addConnectionOptions(addFilterOptions(list))
    .option('--status <status>', 'open, replayed, dropped or any', 'open')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'one JSON object per line', false)
    .option(...revealOption)
    .action((options: ListOptions) => listLetters(options, io));
  addConnectionOptions(verb.command('show <id>').description('Show one dead letter.'))
    .option('--original', 'show what was sent as well: personal data, and the service notes that it was read', false)
    .option(...revealOption)
    .action((id: string, options: ShowOptions) => showLetter(id, options, io));
  const settle = (how: 'replay' | 'drop', text: string): Command =>
    addConnectionOptions(addFilterOptions(verb.command(`${how} [ids...]`).description(text)))
      .option('--all', 'every open letter, where neither ids nor filters are given', false)
      .option('--dry-run', 'say what would be done and do nothing', false)
      .action(async (ids: string[], options: SettleOptions) => {
        finish((await settleChosen(how, ids, { options, io })) ? 0 : 1);
      });
  settle('replay', 'Take the events of open letters through ingest again.').option(
    '--as-new-id',
    'give events that conflict, or that came without an id, an id made of their content',
  );
  settle('drop', 'Settle open letters without replaying them.');
}

function addConnectionOptions(command: Command): Command {
  return command
    .option('--url <address>', 'address of ingest (default: that of the local `npm start`)')
    .option('--token <token>', 'API token of the tenant (default: TIDEWATCH_TOKEN, else that of the local `npm start`)')
    .option('--run <file>', 'what a local `npm start` has written down', '.tidewatch/run.json');
}

async function connect(options: ConnectionOptions, io: CliIo): Promise<DlqClient> {
  return createDlqClient(await findConnection(options, io));
}

async function listLetters(options: ListOptions, io: CliIo): Promise<void> {
  const limit = readWhole('--limit', options.limit, [1, 1_000_000]);
  const query = { ...toQuery(options), ...(options.reveal ? { reveal: 'true' } : {}) };
  const { letters, isAll } = await collectLetters(await connect(options, io), query, limit);
  for (const letter of letters) io.stdout.write(options.json ? `${JSON.stringify(letter)}\n` : describe(letter));
  if (letters.length === 0) io.stderr.write('There are no such letters.\n');
  else if (!isAll) io.stderr.write('There are more; raise --limit or set filters.\n');
}

function describe({ id, status, recordedAt, source, eventId, code, detail }: Letter): string {
  return `${id}  ${recordedAt}  ${status}  ${source ?? '-'}  ${eventId ?? '-'}  ${code}: ${detail}\n`;
}

async function showLetter(id: string, options: ShowOptions, io: CliIo): Promise<void> {
  const shown = await (await connect(options, io)).show(id, options);
  io.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
}

async function settleChosen(
  how: 'replay' | 'drop',
  ids: readonly string[],
  { options, io }: { readonly options: SettleOptions; readonly io: CliIo },
): Promise<boolean> {
  const query = toQuery(options);
  const ways = [ids.length > 0, Object.keys(query).length > 0, options.all].filter(Boolean).length;
  if (ways !== 1) throw usageError(`Say which letters to ${how}: by their ids, by filters, or --all of them.`);
  const client = await connect(options, io);
  const { dryRun, asNewId } = options;
  const chosen = ids.length > 0 ? ids : await findOpen(client, query);
  return settleLetters(client, { how, ids: chosen, options: { dryRun, ...(asNewId === true ? { asNewId } : {}) } }, io);
}

/** Oldest first, as the events came. */
async function findOpen(client: DlqClient, query: Record<string, string>): Promise<string[]> {
  const { letters } = await collectLetters(client, { ...query, status: 'open' }, mostSettled);
  return letters.map(({ id }) => id).reverse();
}
