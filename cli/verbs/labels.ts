import type { Command } from 'commander';
import { compareReasons } from '../../services/core/labels/compare-reasons.ts';
import { labelOf, type TaskLabel } from '../../services/core/labels/task-label.ts';
import type { CliIo } from '../cli-io.ts';
import { findTarget } from '../import/target.ts';
import { describeComparison } from '../labels/describe-comparison.ts';
import { labelCsv } from '../labels/label-csv.ts';
import { readTasks } from '../tasks/read-tasks.ts';
import { usageError } from '../usage-error.ts';
import { writeOutFile } from '../write-out-file.ts';

interface TargetOptions {
  readonly tenant?: string;
  readonly directory: string;
}

interface LabelsOptions extends TargetOptions {
  readonly out?: string;
}

interface ReportOptions extends TargetOptions {
  readonly json?: true;
}

/** `tidewatch labels`: what became of tasks, for learning from, and predicted beside confirmed reasons. */
export function addLabelsVerb(program: Command, io: CliIo): void {
  const verb = withTarget(program.command('labels'))
    .description('Write what became of tasks, for learning from: predicted and confirmed reason, result, purchases.')
    .option('--out <file>', 'CSV file to write; customers stand in it by their pseudonym')
    .action((options: LabelsOptions) => write(options, io));
  verb
    .command('report')
    .description('Set predicted beside confirmed reasons: how often the prediction was right.')
    .option('--json', 'print JSON')
    .action((_options: unknown, command: Command) => report(command.optsWithGlobals<ReportOptions>(), io));
}

function withTarget(command: Command): Command {
  return command
    .option('--tenant <id>', 'whose tasks, where the installation has several tenants')
    .option('--directory <dir>', 'directory of the local `npm start`', '.tidewatch');
}

async function write(options: LabelsOptions, io: CliIo): Promise<void> {
  const { out } = options;
  if (out === undefined) throw usageError('Name the file to write with --out FILE, or ask for `labels report`.');
  const labels = await readLabels(options, io);
  await writeOutFile(out, labelCsv(labels));
  const closed = labels.filter(({ outcome }) => outcome !== null).length;
  io.stdout.write(`${out}: ${labels.length} tasks, ${closed} of them closed with a result\n`);
}

async function report(options: ReportOptions, io: CliIo): Promise<void> {
  const found = compareReasons(await readLabels(options, io));
  io.stdout.write(options.json === true ? `${JSON.stringify(found, null, 2)}\n` : describeComparison(found));
}

/** By the moment of opening; of each task its newest version. */
async function readLabels(options: TargetOptions, io: CliIo): Promise<readonly TaskLabel[]> {
  const target = await findTarget(options, io);
  const newest = new Map<string, { readonly version: number; readonly label: TaskLabel }>();
  await readTasks(target, io, (task) => {
    const known = newest.get(task.taskId);
    if (known === undefined || known.version < task.version)
      newest.set(task.taskId, { version: task.version, label: labelOf(task) });
  });
  const labels = Array.from(newest.values(), ({ label }) => label);
  return labels.sort((a, b) => a.openedAt - b.openedAt || (a.taskId < b.taskId ? -1 : 1));
}
