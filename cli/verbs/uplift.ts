import type { Command } from 'commander';
import { EffectBook } from '../../services/core/uplift/effect-book.ts';
import { reportEffects } from '../../services/core/uplift/effect-report.ts';
import { selectRows } from '../../services/core/uplift/select-rows.ts';
import { suppressedSegments } from '../../services/core/uplift/suppressed-segments.ts';
import type { CliIo } from '../cli-io.ts';
import { findTarget } from '../import/target.ts';
import { readTasks } from '../tasks/read-tasks.ts';
import { effectCsv } from '../uplift/effect-csv.ts';
import { effectTable } from '../uplift/effect-table.ts';
import { usageError } from '../usage-error.ts';

interface UpliftOptions {
  readonly format: string;
  readonly playbook?: string;
  readonly by?: string;
  readonly margin: string;
  readonly tenant?: string;
  readonly directory: string;
}

const formats = ['table', 'json', 'csv'];

/** `tidewatch uplift report`: what playbooks changed. */
export function addUpliftVerb(program: Command, io: CliIo): void {
  program
    .command('uplift')
    .description('What playbooks change: treated customers against those held out.')
    .command('report')
    .description('Effects on churn, repurchase and margin with intervals, from the tasks topic. Nothing is changed.')
    .option('--format <name>', `one of ${formats.join(', ')}`, 'table')
    .option('--playbook <name>', 'only this playbook')
    .option('--by <what>', 'also each `segment` of the playbooks')
    .option('--margin <share>', 'share of revenue that is margin, 0 to 1', '0.3')
    .option('--tenant <id>', 'whose playbooks, where the installation has several tenants')
    .option('--directory <dir>', 'directory of the local `npm start`', '.tidewatch')
    .action((options: UpliftOptions) => report(options, io));
}

async function report(options: UpliftOptions, io: CliIo): Promise<void> {
  const { format, playbook = null, by } = options;
  if (!formats.includes(format))
    throw usageError(`--format ${format} is not known; give one of ${formats.join(', ')}.`);
  if (by !== undefined && by !== 'segment') throw usageError(`--by ${by} is not known; give segment, or leave it out.`);
  const marginRate = readMargin(options.margin);
  const target = await findTarget(options, io);
  const book = new EffectBook();
  await readTasks(target, io, (task) => void book.add(task));
  const found = reportEffects(book.tallies, marginRate);
  const rows = selectRows(found, { playbook, segment: null }).filter(
    ({ segment }) => by === 'segment' || segment === null,
  );
  if (playbook !== null && rows.length === 0)
    throw usageError(`--playbook ${playbook} has no tasks; those that have are ${namesOf(found.playbooks)}.`);
  const suppressed = [...suppressedSegments(found)];
  if (format === 'json') io.stdout.write(`${JSON.stringify({ marginRate, suppressed, rows }, null, 2)}\n`);
  else io.stdout.write(format === 'csv' ? effectCsv(rows) : effectTable(rows));
}

function namesOf(rows: readonly { readonly playbook: string | null }[]): string {
  return rows.map(({ playbook }) => playbook).join(', ') || 'none';
}

function readMargin(text: string): number {
  const margin = /^\d(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (margin <= 1) return margin;
  throw usageError(`--margin "${text}" is not a share from 0 to 1, such as 0.3.`);
}
