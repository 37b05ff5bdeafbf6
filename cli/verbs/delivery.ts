import type { Command } from 'commander';
import { EngineError } from '../../services/core/errors.ts';
import type { CliIo } from '../cli-io.ts';
import {
  type DeliveryClient,
  type DeliveryConnectionOptions,
  openDeliveryClient,
  type ShownDelivery,
} from '../delivery/delivery-client.ts';
import { readWhole } from '../read-options.ts';
import { usageError } from '../usage-error.ts';

interface ListOptions extends DeliveryConnectionOptions {
  readonly state: string;
  readonly limit: string;
  readonly json: boolean;
}

interface ReplayOptions extends DeliveryConnectionOptions {
  readonly all: boolean;
  readonly reason?: string;
}

const pageSize = 200;
const mostListed = 1_000_000;

/** `tidewatch delivery list|replay`: webhooks, messages and digests that were given up. */
export function addDeliveryVerb(program: Command, io: CliIo, finish: (exitCode: number) => void): void {
  const verb = program
    .command('delivery')
    .description('List and replay what could not be delivered: webhooks, messages, events about them, digests.');
  addConnectionOptions(verb.command('list').description('List deliveries, the newest first.'))
    .option('--state <state>', 'dead or pending', 'dead')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'one JSON object per line', false)
    .action((options: ListOptions) => list(options, io));
  addConnectionOptions(verb.command('replay [ids...]').description('Send dead deliveries again.'))
    .option('--reason <reason>', 'all that were given up for this reason, such as no-address')
    .option('--all', 'all that were given up', false)
    .action(async (ids: string[], options: ReplayOptions) => finish((await replay(ids, options, io)) ? 0 : 1));
}

function addConnectionOptions(command: Command): Command {
  return command
    .option('--url <address>', 'address of alerts (default: that of the local `npm start`)')
    .option('--token <token>', 'API token of the tenant (default: TIDEWATCH_TOKEN, else that of the local `npm start`)')
    .option('--run <file>', 'what a local `npm start` has written down', '.tidewatch/run.json');
}

async function list(options: ListOptions, io: CliIo): Promise<void> {
  const limit = readWhole('--limit', options.limit, [1, mostListed]);
  const client = await openDeliveryClient(options, io);
  let count = 0;
  for await (const delivery of all(client, options.state)) {
    if (count === limit) {
      io.stderr.write('There are more; raise --limit.\n');
      break;
    }
    count += 1;
    io.stdout.write(options.json ? `${JSON.stringify(delivery)}\n` : describe(delivery));
  }
  if (count === 0) io.stderr.write('There are no such deliveries.\n');
}

async function* all(client: DeliveryClient, state: string): AsyncGenerator<ShownDelivery> {
  for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
    const page = await client.list({ state, limit: String(pageSize), ...(cursor === null ? {} : { cursor }) });
    yield* page.deliveries;
    cursor = page.next;
  }
}

function describe({ id, state, attempts, reason, createdAt, settledAt }: ShownDelivery): string {
  return `${id}  ${settledAt ?? createdAt}  ${state}  ${attempts} failed  ${reason ?? '-'}\n`;
}

/** @returns whether all of them were queued again */
async function replay(ids: readonly string[], options: ReplayOptions, io: CliIo): Promise<boolean> {
  const { reason } = options;
  const ways = [ids.length > 0, reason !== undefined, options.all].filter(Boolean).length;
  if (ways !== 1) throw usageError('Say which deliveries to replay: by their ids, by --reason, or --all of them.');
  const client = await openDeliveryClient(options, io);
  const chosen = ids.length > 0 ? ids : await findDead(client, reason);
  let failed = 0;
  for (const id of chosen) {
    try {
      await client.replay(id);
      io.stdout.write(`${id}  queued\n`);
    } catch (error) {
      if (!(error instanceof EngineError) || !settled.has(error.code)) throw error;
      failed += 1;
      io.stdout.write(`${id}  ${error.message}\n`);
    }
  }
  io.stderr.write(`${chosen.length - failed} queued again, ${failed} not\n`);
  return failed === 0;
}

/** Faults of one delivery, which say nothing of the next. */
const settled: ReadonlySet<string> = new Set(['ERR_NOT_FOUND', 'ERR_DELIVERY_STATE']);

/** Oldest first, and all of them before the first is queued: the list would move under our hands. */
async function findDead(client: DeliveryClient, reason: string | undefined): Promise<string[]> {
  const ids: string[] = [];
  for await (const delivery of all(client, 'dead')) {
    if (reason === undefined || delivery.reason === reason) ids.push(delivery.id);
  }
  return ids.reverse();
}
