import type { Command } from 'commander';
import { assignTable } from '../../models/segments/assign-table.ts';
import { eachCustomer, type SegmentedCustomers } from '../../models/segments/segmented-customers.ts';
import { featureNames } from '../../services/core/features/feature-catalogue.ts';
import type { Cutoff } from '../../services/core/segments/cutoffs.ts';
import { proposeCutoffs } from '../../services/core/segments/propose-cutoffs.ts';
import { readCutoffs, writeCutoffs } from '../../services/platform/runtime/cutoffs-file.ts';
import { readSegments } from '../../services/platform/runtime/read-segments.ts';
import { replaceFile } from '../../services/platform/runtime/replace-file.ts';
import type { CliIo } from '../cli-io.ts';
import { clusterCustomers, type ClusterOptions } from '../segments/cluster-customers.ts';
import { segmentCsv } from '../segments/segment-csv.ts';
import { readCustomers, type SegmentFileOptions } from '../segments/read-customers.ts';
import { summarizeSegments } from '../segments/summarize-segments.ts';
import { usageError } from '../usage-error.ts';

interface AssignOptions extends SegmentFileOptions {
  readonly out: string;
  readonly scheme?: string;
  readonly cutoffs?: string;
}

/** `tidewatch segments`: look at a segment configuration, and use it on a file of orders. */
export function addSegmentsVerb(program: Command, io: CliIo): void {
  const verb = program.command('segments').description('Tiers, RFM cells and lifecycle stages of customers.');
  verb
    .command('check')
    .description('Check a segment configuration; every problem is listed. Nothing is changed and nothing is contacted.')
    .argument('<file>', 'the segment configuration')
    .action((file: string) => check(file, io));
  withFileOptions(verb.command('assign'))
    .description('Assign segments to the customers of a file of orders; share mode is exact.')
    .requiredOption('--out <file>', 'CSV file to write: customer_id, each scheme and machine, report_stage')
    .option('--scheme <name>', 'only this scheme or machine')
    .option('--cutoffs <file>', 'cut-offs to use (default: those that `propose` finds in the same file)')
    .action((options: AssignOptions) => assign(options, io));
  withFileOptions(verb.command('propose'))
    .description('Propose cut-offs from the quantiles of a file of orders; `provision --cutoffs` puts them in force.')
    .requiredOption('--out <file>', 'JSON file to write')
    .action((options: AssignOptions) => propose(options, io));
  withOrderOptions(verb.command('cluster'))
    .description('Find groups of customers that are alike (k-means), named after what they differ in.')
    .requiredOption('--out <file>', 'CSV file to write: customer_id, cluster, label, label_zh')
    .option('--clusters <n>', 'so many groups (default: the number from 2 to 8 with the highest silhouette)')
    .option('--seed <n>', 'seed of the first centres', '1')
    .action((options: ClusterOptions) => clusterCustomers(options, io));
}

function withOrderOptions(command: Command): Command {
  return command
    .requiredOption('--orders <file>', 'CSV file (.gz as well) with a header; a negative amount is a cancellation')
    .requiredOption('--cut <day>', 'first day that is not looked at, YYYY-MM-DD')
    .option('--map <fields>', 'columns by field: customer_id=…,timestamp=…,amount=…', '')
    .option('--timezone <name>', 'time zone of the business days', 'UTC')
    .option('--currency <code>', 'currency of the amounts', 'GBP');
}

function withFileOptions(command: Command): Command {
  return withOrderOptions(command)
    .option('--segments <file>', 'segment configuration (default: TIDEWATCH_SEGMENTS_FILE, or the shipped one)')
    .option('--model <dir>', 'model that predicts what some schemes rank by (default: the newest one)')
    .option('--tenant <id>', 'tenant whose industry and primary scheme hold, and whom proposed cut-offs are for', '');
}

async function check(file: string, io: CliIo): Promise<void> {
  const { version, document } = await readSegments(file, featureNames);
  io.stdout.write(`${file} can be used; activations will name it ${version}\n`);
  for (const [name, scheme] of Object.entries(document.schemes)) {
    const places =
      scheme.mode === 'rfm' ? `${scheme.parts} parts each` : scheme.tiers.map((tier) => tier.name).join(', ');
    io.stdout.write(`${name} (${scheme.mode}): ${places}\n`);
  }
  for (const [name, { stages }] of Object.entries(document.machines)) {
    io.stdout.write(`${name} (machine): ${stages.map((stage) => stage.name).join(', ')}\n`);
  }
}

async function assign(options: AssignOptions, io: CliIo): Promise<void> {
  const customers = await readCustomers(options, io);
  const { plan, table } = customers;
  const columns = options.scheme === undefined ? plan.names : [options.scheme];
  if (!columns.every((name) => plan.names.includes(name))) {
    throw usageError(`--scheme "${options.scheme ?? ''}" is unknown; known are ${plan.names.join(', ')}.`);
  }
  const cutoffs =
    options.cutoffs === undefined ? proposalOf(customers) : await readCutoffs(options.cutoffs, plan.version);
  const rows = assignTable(customers, cutoffs);
  await replaceFile(options.out, segmentCsv(customers, rows, columns));
  io.stdout.write(`${options.out}: ${table.customers.length} customers under ${plan.version}\n`);
  io.stdout.write(summarizeSegments(plan, rows, columns));
}

async function propose(options: AssignOptions, io: CliIo): Promise<void> {
  const customers = await readCustomers(options, io);
  const cutoffs = proposalOf(customers);
  await writeCutoffs(options.out, customers.plan.version, cutoffs);
  io.stdout.write(`${options.out}: ${cutoffs.length} cut-offs for ${customers.plan.version}; put them in force with\n`);
  io.stdout.write(`  tidewatch provision --model DIR --cutoffs ${options.out}\n`);
}

function proposalOf(customers: SegmentedCustomers): readonly Cutoff[] {
  const { plan, tenant } = customers;
  return proposeCutoffs({ plan, tenant, eachCustomer: eachCustomer(customers) });
}
